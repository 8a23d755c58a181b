import type { Rules } from "../model/bundle.ts";
import type { Finding, Policy, Token } from "../model/documents.gen.ts";
import { placeOf } from "../model/entry-record.ts";
import { findingId } from "../model/identity.ts";
import { settingsOn } from "../model/settings.ts";
import { severityFor } from "../model/severity.ts";
import { failMessage, unknownMessage } from "./message.ts";

/** A policy failed on a token: the values that decided, beside the numbers they were held against. */
export function failed(policy: Policy, token: Token, evidence: Record<string, unknown>, rules: Rules): Finding {
  const message = failMessage(policy, evidence);
  const thresholds = settingsOn(rules.parameters, policy, token);
  return findingOf(policy, token, rules, { verdict: "fail", message, evidence, thresholds, unknown: {} });
}

/** A policy could not judge a token, and why. */
export function unknown(policy: Policy, token: Token, gaps: Readonly<Record<string, string>>, rules: Rules): Finding {
  const message = unknownMessage(gaps);
  return findingOf(policy, token, rules, { verdict: "unknown", message, evidence: {}, thresholds: {}, unknown: gaps });
}

type Said = Pick<Finding, "verdict" | "message" | "evidence" | "thresholds" | "unknown">;

/** Written out, without spreading: there are more findings than tokens. */
function findingOf(policy: Policy, token: Token, rules: Rules, said: Said): Finding {
  const { subject, location } = subjectOf(token);
  return {
    id: findingId(token.id, policy.id),
    policy: policy.id,
    severity: severityFor(rules.severity[policy.id] ?? policy.severity, token.facts?.breadth),
    token: subject,
    location,
    verdict: said.verdict,
    message: said.message,
    evidence: said.evidence,
    thresholds: said.thresholds,
    unknown: said.unknown,
  };
}

interface Subject {
  subject: Finding["token"];
  location: Finding["location"];
}

const subjects = new WeakMap<Token, Subject>();

/** What all findings on one token share, put together once. */
function subjectOf(token: Token): Subject {
  const known = subjects.get(token);
  if (known) return known;
  const subject = { subject: tokenOf(token), location: locationOf(token) };
  subjects.set(token, subject);
  return subject;
}

function tokenOf({ id, provider, account, kind, name, owner, principal, evidence, facts }: Token): Finding["token"] {
  const told: Finding["token"] = { id, provider, account, kind, name };
  if (owner) told.owner = owner;
  if (principal) told.principal = principal.name ?? principal.id;
  if (evidence?.url) told.url = evidence.url;
  if (facts?.breadth) told.breadth = facts.breadth;
  return told;
}

/** Code scanning refuses a whole file over one result without a place, so a token that no file declares stands where the register has it, else under a stable path of its own. */
function locationOf({ id, location, facts }: Token): Finding["location"] {
  const entry = location ? undefined : placeOf(facts?.register?.by);
  const { uri, line, column } = location ?? entry ?? { uri: `tokens/${id}`, line: 1, column: 1 };
  const end_line = location?.end_line ?? line;
  const end_column = location?.end_column ?? column + 1;
  return { via: location ? "source" : entry ? "register" : "virtual", uri, line, column, end_line, end_column };
}
