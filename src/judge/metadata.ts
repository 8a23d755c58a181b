import type { Policy } from "../model/documents.gen.ts";
import { parseDuration } from "../model/duration.ts";
import { isMapping } from "../model/mapping.ts";
import { type Fault, faultsIn } from "../model/validate.ts";

/** One package's annotations as `opa inspect -a -f json` prints them. */
export interface Annotated {
  annotations: {
    scope: string;
    title?: string;
    description?: string;
    related_resources?: { ref: string; description?: string }[];
    schemas?: { path: Term[]; schema?: Term[]; definition?: unknown }[];
    custom?: Record<string, unknown>;
  };
  location: { file: string; row: number };
  /** The package, from `data` on. */
  path: Term[];
}

interface Term {
  value: string;
}

type Kind = Policy["evidence"][string];

const TOKEN_SCHEMA = "schema.token";

/** Facts that a policy may yield by their own names; each is a length of time. */
const MEASURES = {
  age: "duration",
  idle: "duration",
  expires_in: "duration",
  lifetime: "duration",
  since_rotation: "duration",
  since_review: "duration",
  watched: "duration",
} as const satisfies Record<string, Kind>;

/** The policy that a package's METADATA block describes, or one line for each thing that is missing or wrong in it. */
export function readPolicy(block: Annotated): { policy: Policy } | { faults: string[] } {
  const { annotations, location } = block;
  const custom = annotations.custom ?? {};
  const stated = custom.params ?? {};
  const params = isMapping(stated) ? stated : {};
  const told = custom.evidence ?? {};
  const remedy = custom.remediation;
  const identity = {
    id: slugOf(location.file),
    package: packageOf(location.file),
    title: annotations.title,
    description: annotations.description,
  };
  const candidate = {
    ...identity,
    applies_to: {},
    controls: {},
    related_resources: annotations.related_resources ?? [],
    ...custom,
    ...identity,
    // One text alone is for every provider.
    ...(typeof remedy === "string" ? { remediation: { any: remedy } } : {}),
    params: isMapping(stated) ? mapped(stated, inSeconds) : stated,
    evidence: isMapping(told) ? { ...MEASURES, ...mapped(params, kindOf), ...told } : told,
  };
  const faults = [
    ...toldOnce(faultsIn("policy", candidate)).map(inWords),
    ...withoutUnit(params),
    ...unchecked(block),
    ...outOfPlace(block),
  ];
  // What follows reads the metadata as a policy's, so it has to be one.
  if (faults.length === 0) {
    const policy = candidate as unknown as Policy;
    faults.push(
      ...numbersWithoutDirection(policy),
      ...defaultsOfAnotherType(policy),
      ...placeholdersWithoutKind(policy),
    );
    if (faults.length === 0) return { policy };
  }
  return { faults: faults.map((fault) => `${location.file}: ${fault}`) };
}

/** `no-expiry` for `policies/lifetime/no_expiry.rego`. */
export function slugOf(file: string): string {
  return (file.split("/").at(-1) ?? "").replace(/\.rego$/, "").replaceAll("_", "-");
}

function packageOf(file: string): string {
  const path = file.replace(/^policies\//, "").replace(/\.rego$/, "");
  return `tokenward.${path.replaceAll("/", ".")}`;
}

/** What a parameter says of itself, before anybody has checked it. */
type Stated = { type?: unknown; default?: unknown } | null;

function mapped(params: Record<string, unknown>, change: (param: Stated) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, change(param as Stated)]));
}

function inSeconds(param: Stated): unknown {
  if (param?.type !== "duration" || param.default === undefined) return param;
  return { ...param, default: secondsOf(param) ?? 0 };
}

function kindOf(param: Stated): Kind {
  if (param?.type === "integer") return "number";
  return param?.type === "duration" || param?.type === "list" ? param.type : "text";
}

/** A bare number is how a limit of 90 seconds comes to stand where 90 days were meant. */
function withoutUnit(params: Record<string, unknown>): string[] {
  return Object.entries(params as Record<string, Stated>)
    .filter(([, param]) => param?.type === "duration" && param.default !== undefined)
    .filter(([, param]) => secondsOf(param) === undefined)
    .map(([name]) => `METADATA.params.${name}.default must be a duration with its unit, such as 90d`);
}

function secondsOf(param: Stated): number | undefined {
  return typeof param?.default === "string" ? parseDuration(param.default) : undefined;
}

/** A wrong key breaks the rule on its letters too. */
function toldOnce(faults: readonly Fault[]): Fault[] {
  const keys = faults.filter(({ keyword }) => keyword === "propertyNames").map(({ path }) => path);
  return faults.filter(({ path, keyword }) => keyword !== "pattern" || !keys.includes(path));
}

function inWords({ path, keyword, message, params }: Fault): string {
  const where = `METADATA${path.replaceAll("/", ".")}`;
  if (keyword === "additionalProperties") return `${where} must not have \`${params.additionalProperty}\``;
  if (keyword === "propertyNames")
    return `${where} has the key \`${params.propertyName}\`; name a provider by its id, such as github`;
  if (keyword === "enum") return `${where} must be one of ${(params.allowedValues as unknown[]).join(", ")}`;
  return `${where} ${message}`;
}

/** Whether OPA holds a package's paths into the input against the token's schema. */
export function isTypeChecked({ annotations: { schemas = [] } }: Annotated): boolean {
  return schemas.some(({ path, schema = [] }) => spelled(path) === "input" && spelled(schema) === TOKEN_SCHEMA);
}

/** Without this annotation OPA takes any path into the input, and a misspelt one would be a silent pass. */
function unchecked(block: Annotated): string[] {
  return isTypeChecked(block)
    ? []
    : [`METADATA.schemas must list \`input: ${TOKEN_SCHEMA}\`, so that misspelt fields are noticed`];
}

function outOfPlace({ annotations: { custom }, location: { file }, path }: Annotated): string[] {
  const faults: string[] = [];
  const named = spelled(path).replace(/^data\./, "");
  const expected = packageOf(file);
  if (named !== expected) faults.push(`its package is ${named}, but its place asks for ${expected}`);
  const category = custom?.category;
  const isElsewhere = typeof category === "string" && file.split("/").at(-2) !== category;
  if (isElsewhere) faults.push(`METADATA.category is ${category}, but the folder is not`);
  return faults;
}

function spelled(terms: readonly Term[]): string {
  return terms.map(({ value }) => value).join(".");
}

function numbersWithoutDirection({ params }: Policy): string[] {
  return Object.entries(params)
    .filter(([, { type, stricter }]) => type !== "list" && stricter === undefined)
    .map(([name]) => `METADATA.params.${name} must say \`stricter: lower\` or \`higher\``);
}

function defaultsOfAnotherType({ params }: Policy): string[] {
  return Object.entries(params)
    .filter(([, param]) => Array.isArray(param.default) !== (param.type === "list"))
    .map(
      ([name, { type }]) => `METADATA.params.${name}.default must be ${type === "list" ? "a list" : "a whole number"}`,
    );
}

function placeholdersWithoutKind({ message, evidence }: Policy): string[] {
  return [...message.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name as string)
    .filter((name) => !Object.hasOwn(evidence, name))
    .map((name) => `METADATA.message uses {${name}}, whose kind METADATA.evidence does not tell`);
}
