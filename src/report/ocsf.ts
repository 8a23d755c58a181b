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
const [NEW, SUPPRESSED] = [1, 3];

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

/** Parts that may be missing are undefined, which JSON leaves out: to spread each of them into the event took longer than all the rest. */
function event(finding: Finding, policy: Policy | undefined, head: Head): object {
  if (!policy) throw new Error(`finding ${finding.id} is of ${finding.policy}, which did not judge`);
  const { severity, verdict, token, evidence, thresholds, unknown, location } = finding;
  return common(head, {
    severity: severities[severity],
    accepted: acceptedText(finding),
    message: messageOf(finding),
    finding_info: {
      uid: finding.id,
      title: policy.title,
      desc: policy.description,
      types: [policy.category],
      src_url: token.url,
    },
    compliance: { control: policy.id, ...standardsOf(policy), ...status[verdict] },
    resources: [resource(token)],
    remediation: { desc: remedyFor(policy, token.provider) },
    unmapped: { evidence, thresholds, unknown, location, breadth: token.breadth },
  });
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
    name: name === "" ? undefined : name,
    owner: owner ? { name: owner } : undefined,
  };
}

/** A read that brought nothing is a finding about the run: without it a log of events would look whole. */
function gapEvent(text: string, head: Head): object {
  const uid = hash("sha256", `tokenward unread\0${text}`).slice(0, 32);
  return common(head, {
    severity: 0,
    message: text,
    finding_info: { uid, title: "Not everything was read" },
    compliance: { control: "coverage", ...status.unknown },
  });
}

interface Told {
  severity: number;
  /** Why it does not count. */
  accepted?: string | undefined;
  message: string;
  finding_info: object;
  compliance: object;
  resources?: object[];
  remediation?: object;
  unmapped?: object;
}

function common({ as_of, tool }: Head, { severity, accepted, ...told }: Told): object {
  return {
    activity_id: CREATE,
    category_uid: 2,
    class_uid: CLASS,
    type_uid: CLASS * 100 + CREATE,
    severity_id: severity,
    status_id: accepted === undefined ? NEW : SUPPRESSED,
    time: Date.parse(as_of),
    metadata: { version: VERSION, product: { name: tool.name, version: tool.version } },
    status: accepted === undefined ? undefined : "Suppressed",
    comment: accepted,
    message: told.message,
    finding_info: told.finding_info,
    compliance: told.compliance,
    resources: told.resources,
    remediation: told.remediation,
    unmapped: told.unmapped,
  };
}
