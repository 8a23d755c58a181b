import { shuffled } from "../support/tokens.ts";

/** A built-in as a capabilities file declares it. */
export interface Builtin {
  name: string;
  infix?: string;
  decl: { args?: readonly Type[]; result?: Type };
}

interface Type {
  type: string;
  of?: Type | readonly Type[];
}

/** Arguments as JSON has them; `asSets`: a list is handed on as a set wherever the built-in takes either. */
export interface Call {
  args: readonly unknown[];
  asSets: boolean;
}

/** Values that evaluators have been seen to disagree on, and some that they ought to agree on. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  string: [
    ...["", "a", "aa", "A b,c", "ß", "İı", "𝕿o", "e\u0301", "a\u0000b", "\u2028", "\ufeff a\u00a0", "__proto__"],
    ...["[a-z]+", "(a)(b)?", "(", "\\pL", "(?i)A", "^a$", "a|b", "*", "a.b.c", "x".repeat(1_000)],
    ...["10.0.0.0/8", "10.1.2.3", "10.1.2.0/33", "::/0", "::1", "::ffff:10.0.0.1", "2001:db8::/32"],
    ...["0", "-0", "30", "1.50", "1e3", "0x10", "007", "100m", " 1", "1_000", "9007199254740993"],
  ],
  number: [
    ...[0, -0, 1, -1, 2, 3, 10, 0.1, 0.2, 0.5, -1.5, 2.5, 1 / 3, 1e-7, 86_400, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1],
    ...[2 ** 32, 9e15, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, -(2 ** 63), 2 ** 64, 2 ** 70, 1e21, 1e300],
    ...[Number.MAX_VALUE, Number.MIN_VALUE],
  ],
  boolean: [true, false],
  null: [null],
  array: [
    ...[[], [0], [-0, 0], [1, 1.0, "1"], [3, 1, 2], [0.1, 0.2, 0.3], [2 ** 53, 1, -(2 ** 53)], [1e300, 1e300, -1e300]],
    ...[["b", "a", "B", "𝕿", "\uffee", ""], ["a/b", "a/0", "b"], ["", "a"], ["c", 0, "a"], ["a", "b", "a"], [true]],
    ...[
      [null, true, false, 0, "", [], {}],
      [[1, 2], [1], []],
      [["a", "b"], ["a"]],
      [{ b: 1, a: 2 }, { a: 2 }],
    ],
  ],
  object: [
    ...[{}, { a: { b: [1, { c: 2 }] } }, { a: ["b"], b: ["c", "a"], c: [] }, { a: 1, b: null, "": false }],
    ...[
      { a: { b: 1 }, "a/b": 2, "0": 3 },
      { "\u0000": 1, 𝕿: 2, "\uffee": 3 },
      { b: { "1": 1 }, a: { b: { c: null } } },
    ],
    JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}'),
  ],
};

/** `numbers.range` is as long as its arguments are apart: these are far enough. */
const CLOSE = [0, -0, 1, -1, 5, -3, 0.5, 1_000, -1_000];

/** A rule that answers each call on `input.labels.calls` with its place in the list and its result, if it has one. */
export function ruleFor(builtin: Builtin): string {
  const rule = (asSets: boolean) =>
    [
      `fail contains {"results": results} if {`,
      `\tinput.name == "${builtin.name}"`,
      `\tresults := [[place, result] |`,
      `\t\tsome place, call in input.labels.calls`,
      `\t\tcall.asSets == ${asSets}`,
      `\t\targs := call.args`,
      `\t\t${expression(builtin, asSets)}`,
      "\t]",
      "}",
    ].join("\n");
  return [false, ...(takesEither(builtin) ? [true] : [])].map(rule).join("\n\n");
}

/** So many calls at most, each once with lists and once with sets where both are possible. */
export function callsOf(builtin: Builtin, most: number, random: () => number): Call[] {
  const all = (builtin.decl.args ?? []).reduce<unknown[][]>(
    (calls, type) => thinned(calls, builtin.name === "numbers.range" ? CLOSE : poolOf(type), random),
    [[]],
  );
  const chosen = shuffled(all, random).slice(0, most);
  return [false, ...(takesEither(builtin) ? [true] : [])].flatMap((asSets) => chosen.map((args) => ({ args, asSets })));
}

function takesEither({ decl }: Builtin): boolean {
  return (decl.args ?? []).some((type) => type.type === "any" && membersOf(type).some(({ type }) => type === "set"));
}

function expression({ name, decl }: Builtin, asSets: boolean): string {
  if (name === "walk") return "result := [pair | walk(args[0], pair)]";
  if (name === "internal.member_2") return "result := [true | args[0] in args[1]]";
  if (name === "internal.member_3") return "result := [true | args[0], args[1] in args[2]]";
  const args = (decl.args ?? []).map((type, position) => argument(type, position, asSets));
  const call = `${name}(${args.join(", ")})`;
  // What was read as a number keeps its spelling until somebody reckons with it.
  if (name === "to_number") return `result := ${call} + 0`;
  const isSet = decl.result?.type === "set" || (asSets && membersOf(decl.result).some(({ type }) => type === "set"));
  return isSet ? `result := sort([member | some member in ${call}])` : `result := ${call}`;
}

function argument(type: Type, position: number, asSets: boolean): string {
  const written = `args[${position}]`;
  if (holdsSets(type)) return `{{y | some y in x} | some x in ${written}}`;
  const isSet = type.type === "set" || (asSets && membersOf(type).some((member) => member.type === "set"));
  return isSet ? `{x | some x in ${written}}` : written;
}

function poolOf(type: Type): readonly unknown[] {
  if (holdsSets(type)) return (values.array ?? []).filter((list) => (list as unknown[]).every(Array.isArray));
  if (type.type === "set") return values.array ?? [];
  if (type.type !== "any") return values[type.type] ?? [];
  const members = membersOf(type);
  return members.length > 0 ? members.flatMap(poolOf) : Object.values(values).flat();
}

function holdsSets({ type, of }: Type): boolean {
  return type === "set" && of !== undefined && "type" in of && of.type === "set";
}

function membersOf(type: Type | undefined): readonly Type[] {
  return Array.isArray(type?.of) ? (type.of as readonly Type[]) : [];
}

/** Every call with every further argument, thinned out before there are too many to shuffle. */
function thinned(calls: unknown[][], pool: readonly unknown[], random: () => number): unknown[][] {
  const all = calls.flatMap((call) => pool.map((value) => [...call, value]));
  return all.length > 10_000 ? shuffled(all, random).slice(0, 2_000) : all;
}
