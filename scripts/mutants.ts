import { type Opa, runOpa } from "../src/judge/opa.ts";

/** One small change to a policy that a test should notice. */
export interface Mutant {
  file: string;
  line: number;
  /** What is done, in words: `> for >=`, `without a condition`, `another constant`. */
  what: string;
  before: string;
  after: string;
  source: string;
}

interface Location {
  row: number;
  col: number;
  /** In base64; parts that nobody wrote may have none. */
  text?: string;
}

interface Node {
  location?: Location;
  type?: string;
  value?: unknown;
  terms?: unknown;
  negated?: boolean;
  body?: unknown;
}

interface Change {
  location: Location;
  what: string;
  after: string;
}

/** On the boundary, and the other way round. */
const FLIPS: Readonly<Record<string, readonly string[]>> = {
  gt: [">=", "<="],
  gte: [">", "<"],
  lt: ["<=", ">="],
  lte: ["<", ">"],
  equal: ["!="],
  neq: ["=="],
};

/** Every mutant of one Rego file; OPA's own parser says where its parts stand. */
export async function mutantsOf(opa: Opa, root: string, file: string, source: string): Promise<Mutant[]> {
  const { ok, stdout, stderr } = await runOpa(opa, ["parse", "-f", "json", "--json-include", "locations", file], root);
  if (!ok) throw new Error(`${file}: ${stderr || stdout}`);
  const { rules = [] } = JSON.parse(stdout) as { rules?: unknown[] };
  const bytes = Buffer.from(source);
  const starts = lineStarts(bytes);
  const found = new Map<string, Mutant>();
  for (const change of rules.flatMap(changesIn)) {
    const before = textAt(change.location);
    const from = (starts[change.location.row - 1] ?? 0) + change.location.col - 1;
    const to = from + Buffer.byteLength(before);
    // OPA gives some generated parts the text of what they were generated from.
    if (before === "" || bytes.subarray(from, to).toString() !== before || before === change.after) continue;
    const mutated = Buffer.concat([bytes.subarray(0, from), Buffer.from(change.after), bytes.subarray(to)]).toString();
    const { what, after } = change;
    found.set(`${from} ${after}`, { file, line: change.location.row, what, before, after, source: mutated });
  }
  return [...found.values()];
}

function changesIn(node: unknown): Change[] {
  if (Array.isArray(node)) return [...flips(node), ...node.flatMap(changesIn)];
  if (typeof node !== "object" || node === null) return [];
  const { body, ...rest } = node as Node;
  const inBody = Array.isArray(body)
    ? (body as Node[]).flatMap((condition) => [...dropped(condition), ...changesIn(condition)])
    : [];
  if (rest.type === "ref") return [...inBody, ...inRef(rest.value)];
  return [...inBody, ...constant(rest), ...Object.values(rest).flatMap(changesIn)];
}

/** The words of a path are names, not constants; what is called or looked up in it may have some. */
function inRef(value: unknown): Change[] {
  return Array.isArray(value) ? value.filter((part: Node) => part.type !== "string").flatMap(changesIn) : [];
}

function flips(terms: readonly unknown[]): Change[] {
  const [operator] = terms as Node[];
  const [name] = operator?.type === "ref" && Array.isArray(operator.value) ? (operator.value as Node[]) : [];
  const location = name?.location;
  const others =
    name?.type === "var" && Object.hasOwn(FLIPS, String(name.value)) ? FLIPS[String(name.value)] : undefined;
  if (!location || !others) return [];
  const before = textAt(location);
  return others.map((after) => ({ location, what: `${after} for ${before}`, after }));
}

function dropped({ location, negated, terms }: Node): Change[] {
  if (!location) return [];
  const text = textAt(location);
  const isImplied = !Array.isArray(terms) && (terms as Node | undefined)?.type === "boolean";
  if (isImplied) return [];
  const without = { location, what: "without a condition", after: "true" };
  return negated ? [without, { location, what: "without its not", after: text.replace(/^not\s+/, "") }] : [without];
}

function constant({ type, value, location }: Node): Change[] {
  if (!location) return [];
  const what = "another constant";
  // A body that nobody wrote is `true`, and stands where the head does.
  if (type === "boolean" && textAt(location) !== String(value)) return [];
  if (type === "number") return [{ location, what, after: String(Number(value) + 1) }];
  if (type === "string") return [{ location, what, after: JSON.stringify(`${value}~`) }];
  return type === "boolean" ? [{ location, what, after: String(value !== true) }] : [];
}

function textAt({ text = "" }: Location): string {
  return Buffer.from(text, "base64").toString();
}

function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}
