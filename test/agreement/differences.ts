import type { Call } from "./calls.ts";

/** Where OPA's two evaluators do not agree on a built-in that policies may call all the same; docs/own-policies.md says so too. */
export interface Difference {
  builtin: string;
  why: string;
  /** One call that shows it. */
  example: Call;
  /** Its result; undefined: it has none. */
  natively: unknown;
  /** Its result, or what WebAssembly stops with. */
  asWebAssembly: unknown;
  /** Whether another call is one of the same sort. */
  covers: (call: Call) => boolean;
}

const LARGEST_INT = 2 ** 31 - 1;

export const differences: readonly Difference[] = [
  {
    builtin: "concat",
    why: "a set has no order: WebAssembly joins it as it lies in memory",
    example: { args: [",", ["b", "a", "B"]], asSets: true },
    natively: "B,a,b",
    asWebAssembly: "B,b,a",
    covers: ({ asSets }) => asSets,
  },
  {
    builtin: "walk",
    why: "the members of an object have no order: WebAssembly takes them as they lie in memory",
    example: { args: [{ b: 1, a: 2 }], asSets: false },
    natively: [
      [[], { a: 2, b: 1 }],
      [["a"], 2],
      [["b"], 1],
    ],
    asWebAssembly: [
      [[], { a: 2, b: 1 }],
      [["b"], 1],
      [["a"], 2],
    ],
    covers: ({ args }) => JSON.stringify(args).includes("{"),
  },
  {
    builtin: "div",
    why: "nothing by nothing stops WebAssembly, where it has no value natively",
    example: { args: [0, 0], asSets: false },
    natively: undefined,
    asWebAssembly: "opa_arith_divide: invalid number",
    covers: ({ args }) => args.every((number) => number === 0),
  },
  {
    builtin: "rem",
    why: "beyond 64 bits native numbers are rounded",
    example: { args: [2 ** 70, 10], asSets: false },
    natively: 8,
    asWebAssembly: 0,
    covers: ({ args }) => args.some((number) => Math.abs(number as number) > 2 ** 64),
  },
  {
    builtin: "to_number",
    why: "what is not a plain number is read by other rules",
    example: { args: ["1_000"], asSets: false },
    natively: 1000,
    asWebAssembly: undefined,
    covers: ({ args: [text] }) => typeof text === "string" && !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text),
  },
  {
    builtin: "min",
    why: "natively a null in a set is passed over",
    example: { args: [[null, false]], asSets: true },
    natively: false,
    asWebAssembly: null,
    covers: ({ args: [list], asSets }) => asSets && (list as unknown[]).includes(null),
  },
  {
    builtin: "indexof",
    why: "nothing is found at the start, where it is an error natively",
    example: { args: ["text", ""], asSets: false },
    natively: undefined,
    asWebAssembly: 0,
    covers: ({ args }) => args[1] === "",
  },
  {
    builtin: "substring",
    why: "a length that is no integer of 32 bits has no value, also where nothing is left to measure",
    example: { args: ["text", 10, 0.5], asSets: false },
    natively: "",
    asWebAssembly: undefined,
    covers: ({ args }) => args.slice(1).some((n) => !Number.isInteger(n) || Math.abs(n as number) > LARGEST_INT),
  },
  {
    builtin: "regex.match",
    why: "a pattern ends at its first NUL",
    example: { args: ["a\u0000b", "a"], asSets: false },
    natively: false,
    asWebAssembly: true,
    covers: hasNul,
  },
  {
    builtin: "regex.find_all_string_submatch_n",
    why: "a pattern ends at its first NUL",
    example: { args: ["a\u0000b", "a", -1], asSets: false },
    natively: [],
    asWebAssembly: [["a"]],
    covers: hasNul,
  },
  {
    builtin: "regex.find_all_string_submatch_n",
    why: "only -1 means all, where natively every number below nothing does",
    example: { args: ["a", "aa", -2], asSets: false },
    natively: [["a"], ["a"]],
    asWebAssembly: [],
    covers: ({ args }) => (args[2] as number) < -1,
  },
  {
    builtin: "net.cidr_contains",
    why: "an IPv4 address written as IPv6 is no IPv4 address",
    example: { args: ["10.0.0.0/8", "::ffff:10.0.0.1"], asSets: false },
    natively: true,
    asWebAssembly: false,
    covers: ({ args }) => args.some((address) => String(address).startsWith("::ffff:")),
  },
];

function hasNul({ args: [pattern] }: Call): boolean {
  return String(pattern).includes("\u0000");
}
