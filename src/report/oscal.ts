import { knownText } from "../model/baseline.ts";
import type { Finding, JudgedPolicy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { json } from "../model/text.ts";
import { waivedText } from "../model/waiver.ts";
import { sarifText } from "./escape.ts";
import { jsonArray } from "./json-array.ts";
import { findingText, incompleteText, nameOf, remedyTeller, unreadTexts } from "./sentence.ts";
import { uuidOf } from "./uuid.ts";

const VERSION = "1.2.1";
const NS = "urn:tokenward:oscal";
/** A finding refers to so many observations; each observation names its policy, so none is lost. */
const RELATED = 1_000;

/**
 * OSCAL assessment results: an observation for each finding and each read that brought nothing, then a finding for each policy that
 * judged. A policy with unknown verdicts is never satisfied.
 */
export async function* renderOscal({ head, findings }: Result): AsyncIterable<string> {
  const plan = uuidOf("plan", head.bundle);
  yield `{\n  "assessment-results": {\n    "uuid": ${json(uuidOf("results", head.as_of, head.bundle))},\n`;
  yield `    "metadata": ${json(metadata(head))},\n    "import-ap": ${json({ href: `#${plan}` })},\n`;
  yield `    "results": [{\n${resultHead(head)}`;
  const related = new Map<string, string[]>();
  yield* member("observations", observations({ head, findings }, related));
  yield* member("findings", conclusions(head, related));
  yield `\n    }],\n    "back-matter": ${json({ resources: [planResource(plan, head)] })}\n  }\n}\n`;
}

/** OSCAL has no empty arrays: the key comes with the first element. */
async function* member(name: string, elements: AsyncIterable<object> | Iterable<object>): AsyncIterable<string> {
  let isFirst = true;
  for await (const piece of jsonArray(elements, "      ")) {
    if (isFirst && piece === "[]") return;
    yield isFirst ? `,\n      "${name}": ${piece}` : piece;
    isFirst = false;
  }
}

function metadata({ as_of, tool }: Head): object {
  return {
    title: "Compliance of API tokens",
    "last-modified": as_of,
    version: as_of,
    "oscal-version": VERSION,
    props: [property("tool", `${tool.name} ${tool.version}`)],
  };
}

function resultHead(head: Head): string {
  const { as_of, profile } = head;
  const members = {
    uuid: uuidOf("result", as_of, head.bundle),
    title: `Tokens as of ${as_of}`,
    description: incompleteText(head) ?? "Everything that was asked for was read.",
    start: as_of,
    end: as_of,
    props: [property("profile", profile), property("incomplete", String(head.gate.incomplete))],
    "reviewed-controls": { "control-selections": selections(head) },
  };
  return Object.entries(members)
    .map(([key, value]) => `      "${key}": ${json(value)}`)
    .join(",\n");
}

/** The controls that the policies serve, framework by framework. */
function selections({ policies }: Head): object[] {
  const byFramework = new Map<string, Set<string>>();
  for (const { policy } of policies) {
    for (const [framework, ids] of Object.entries(policy.controls)) {
      const known = byFramework.get(framework) ?? new Set();
      byFramework.set(framework, known);
      for (const id of Object.keys(ids)) known.add(id);
    }
  }
  if (byFramework.size === 0) return [{ "include-all": {} }];
  return [...byFramework].sort(byName).map(([framework, ids]) => ({
    description: line(framework),
    "include-controls": [...ids].sort().map((id) => ({ "control-id": token(`${framework}_${id}`) })),
  }));
}

async function* observations({ head, findings }: Result, related: Map<string, string[]>): AsyncIterable<object> {
  const base = { methods: ["TEST"], collected: head.as_of };
  for (const text of unreadTexts(head)) {
    yield { uuid: uuidOf("unread", text), title: "Not read", description: line(text), ...base, types: ["discovery"] };
  }
  const remedy = remedyTeller(head);
  for await (const finding of findings) {
    const uuid = uuidOf("finding", finding.id);
    const known = related.get(finding.policy) ?? [];
    related.set(finding.policy, known);
    if (known.length < RELATED) known.push(uuid);
    yield { uuid, ...observation(finding, remedy(finding)), ...base, types: ["finding"] };
  }
}

function observation(finding: Finding, remedy: string): object {
  const [waived, known] = [waivedText(finding), knownText(finding)];
  const { policy, verdict, severity, token: about, location, evidence, thresholds, unknown } = finding;
  return {
    title: line(`${policy}: ${verdict}`),
    description: line(findingText(finding)),
    props: [
      property("policy", policy),
      property("verdict", verdict),
      property("severity", severity),
      property("finding", finding.id),
      ...(waived === undefined ? [] : [property("waived", waived)]),
      ...(known === undefined ? [] : [property("baseline", known)]),
    ],
    subjects: [
      {
        "subject-uuid": uuidOf("token", about.id),
        type: "component",
        title: line(nameOf(about)),
        props: [property("token", about.id), property("kind", about.kind), property("account", about.account)],
      },
    ],
    "relevant-evidence": [{ description: line(json({ evidence, thresholds, unknown, location })) }],
    remarks: line(remedy),
  };
}

function* conclusions({ policies }: Head, related: ReadonlyMap<string, readonly string[]>): Iterable<object> {
  for (const { policy, verdicts } of policies) {
    const status = statusOf(verdicts);
    if (!status) continue;
    const observed = related.get(policy.id) ?? [];
    yield {
      uuid: uuidOf("policy", policy.id),
      title: line(policy.title),
      description: line(policy.description),
      target: { type: "objective-id", "target-id": token(policy.id), status },
      ...(observed.length > 0
        ? { "related-observations": observed.map((uuid) => ({ "observation-uuid": uuid })) }
        : {}),
    };
  }
}

/** Undefined: the policy applied to no token, so nothing is concluded. */
function statusOf({ pass, fail, unknown }: JudgedPolicy["verdicts"]): object | undefined {
  const remarks = `${fail} failed, ${unknown} unknown, ${pass} passed`;
  if (fail > 0) return { state: "not-satisfied", reason: "fail", remarks };
  if (unknown > 0) return { state: "not-satisfied", reason: "other", remarks };
  return pass > 0 ? { state: "satisfied", reason: "pass", remarks } : undefined;
}

function planResource(uuid: string, { bundle, config }: Head): object {
  const rules = `policies ${bundle}${config === undefined ? "" : `, configuration ${config}`}`;
  return { uuid, title: "Assessment plan", description: `The policies and numbers that judged: SHA-256 of ${rules}.` };
}

function property(name: string, value: string): object {
  return { name, ns: NS, value: line(value) };
}

/** A non-empty line without white space around it. */
function line(text: string): string {
  return sarifText(text) || "-";
}

/** An XML name without a colon. */
function token(text: string): string {
  const name = text
    .toWellFormed()
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}._-]/gu, "_");
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
