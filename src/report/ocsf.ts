import { hash } from "node:crypto";
import { acceptedText, messageOf } from "../model/accepted.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { remedyFor } from "../model/remediation.ts";
import type { Severity } from "../model/severity.ts";
import { json } from "../model/text.ts";
import { unreadTexts } from "./sentence.ts";

const VERSION = "1.8.0";
/** Compliance Finding, created. */
const CLASS = 2003;
const CREATE = 1;
const SUPPRESSED = { status_id: 3, status: "Suppressed" } as const;

const severities = { low: 2, medium: 3, high: 4, critical: 5 } as const satisfies Record<Severity, number>;
const status = {
  fail: { status_id: 3, status: "Fail" },
  unknown: { status_id: 2, status: "Warning" },
} as const satisfies Record<Finding["verdict"], object>;

/** OCSF events of class Compliance Finding, one a line: first what keeps the run from being whole, then every finding. */
export async function* renderOcsf({ head, findings }: Result): AsyncIterable<string> {
  for (const text of unreadTexts(head)) yield `${json(gapEvent(text, head))}\n`;
  const policies = new Map(head.policies.map(({ policy }) => [policy.id, policy]));
  for await (const finding of findings) yield `${json(event(finding, policies.get(finding.policy), head))}\n`;
}

function event(finding: Finding, policy: Policy | undefined, head: Head): object {
  if (!policy) throw new Error(`finding ${finding.id} is of ${finding.policy}, which did not judge`);
  const { severity, verdict, token, evidence, thresholds, unknown, location } = finding;
  const accepted = acceptedText(finding);
  return {
    ...common(head, severities[severity]),
    ...(accepted === undefined ? {} : { ...SUPPRESSED, comment: accepted }),
    message: messageOf(finding),
    finding_info: {
      uid: finding.id,
      title: policy.title,
      desc: policy.description,
      types: [policy.category],
      ...(token.url === undefined ? {} : { src_url: token.url }),
    },
    compliance: { control: policy.id, ...standardsOf(policy), ...status[verdict] },
    resources: [resource(token)],
    remediation: { desc: remedyFor(policy, token.provider) },
    unmapped: { evidence, thresholds, unknown, location, ...(token.breadth ? { breadth: token.breadth } : {}) },
  };
}

function standardsOf({ controls }: Policy): { standards?: string[]; requirements?: string[] } {
  const frameworks = Object.keys(controls);
  if (frameworks.length === 0) return {};
  const requirements = Object.entries(controls).flatMap(([framework, ids]) =>
    Object.keys(ids).map((id) => `${framework} ${id}`),
  );
  return { standards: frameworks, requirements };
}

function resource({ id, name, kind, provider, account, owner }: Finding["token"]): object {
  return {
    uid: id,
    type: kind,
    provider,
    namespace: account,
    ...(name === "" ? {} : { name }),
    ...(owner ? { owner: { name: owner } } : {}),
  };
}

/** A read that brought nothing is a finding about the run: without it a log of events would look whole. */
function gapEvent(text: string, head: Head): object {
  const uid = hash("sha256", `tokenward unread\0${text}`).slice(0, 32);
  return {
    ...common(head, 0),
    message: text,
    finding_info: { uid, title: "Not everything was read" },
    compliance: { control: "coverage", ...status.unknown },
  };
}

function common({ as_of, tool }: Head, severity: number): object {
  return {
    activity_id: CREATE,
    category_uid: 2,
    class_uid: CLASS,
    type_uid: CLASS * 100 + CREATE,
    severity_id: severity,
    status_id: 1,
    time: Date.parse(as_of),
    metadata: { version: VERSION, product: { name: tool.name, version: tool.version } },
  };
}
