import { policySource } from "./policies.ts";

/**
 * What a policy of somebody's own may try, and what must come of it.
 * - `refused`: it does not compile, and nothing is judged.
 * - `stopped`: the run ends with exit code 2 and names the policy and the token, within the time and the memory there are.
 * - `harmless`: it judges like any other.
 * Whatever comes of it: the process ends by itself, and no other policy's verdict changes.
 */
export type Outcome = "refused" | "stopped" | "harmless";

export interface Malice {
  name: string;
  /** Rego files by their path below a folder of policies; the policy at fault is `malice/deed.rego`. */
  files: Readonly<Record<string, string>>;
  outcome: Outcome;
  /** The codes that a run may end with that does not judge. */
  codes: readonly string[];
  /** What must be told besides. */
  told?: RegExp;
}

/** The place, slug and token that a stopped run has to name. */
export const culprit = { place: "malice/deed", policy: "deed" } as const;

/** The policy at fault, as lines of Rego below its METADATA. */
function deed(...lines: string[]): Readonly<Record<string, string>> {
  return { [`${culprit.place}.rego`]: policySource(culprit.place, { rules: lines.join("\n") }) };
}

/** A text of 1 kB, doubled so often. */
function doubled(times: number): string[] {
  const steps = Array.from(
    { length: times },
    (_, step) => `\ttext${step + 1} := concat("", [text${step}, text${step}])`,
  );
  return [`\ttext0 := "${"x".repeat(1024)}"`, ...steps];
}

/** Functions that put a value into lists, each four times as many as the one before. */
function nested(times: number): string[] {
  return Array.from({ length: times + 1 }, (_, step) =>
    step === 0 ? "\n_to0(x) := [[[[x]]]]" : `\n_to${step}(x) := ${`_to${step - 1}(`.repeat(4)}x))))`,
  );
}

const refused = (told: RegExp) => ({ outcome: "refused", codes: ["POLICY_INVALID"], told }) as const;
/** Time and memory are used up together: which of them ends first depends on the machine. */
const exhausted = { outcome: "stopped", codes: ["POLICY_OVERTIME", "POLICY_MEMORY"] } as const;
const harmless = { outcome: "harmless", codes: [] } as const;

export const malice: readonly Malice[] = [
  {
    name: "recursion on itself",
    files: deed('fail contains {"n": 1} if count(fail) < 9'),
    ...refused(/rego_recursion_error/),
  },
  {
    name: "recursion through the whole of data",
    files: deed('fail contains {"n": count(paths)} if paths := [path | walk(data, [path, _])]'),
    ...refused(/rego_recursion_error/),
  },
  {
    name: "recursion through a name that is worked out",
    files: deed(
      'fail contains {"n": 1} if {',
      '\tsome name in ["deed", "other"]',
      "\tdata.tokenward.malice[name].fail",
      "}",
    ),
    ...refused(/rego_recursion_error/),
  },
  {
    name: "recursion of two functions",
    files: deed('fail contains {"n": _ping(input.name)}', "", "_ping(x) := _pong(x)", "", "_pong(x) := _ping(x)"),
    ...refused(/rego_recursion_error/),
  },
  {
    name: "a flood of print",
    files: deed('fail contains {"n": 1} if {', "\tsome n in numbers.range(1, 10000000)", "\tprint(n)", "}"),
    ...refused(/undefined function print; yield the value/),
  },
  {
    name: "a flood of trace",
    files: deed('fail contains {"n": 1} if trace(input.name)'),
    ...refused(/undefined function trace; yield the value/),
  },
  {
    name: "a replacement that never ends",
    files: deed('fail contains {"n": replace(input.name, "", "x")}'),
    ...refused(/undefined function replace; /),
  },
  {
    name: "many replacements that never end",
    files: deed('fail contains {"n": strings.replace_n({"": "x"}, input.name)}'),
    ...refused(/undefined function strings\.replace_n; /),
  },
  {
    name: "a read beyond the memory",
    files: deed('fail contains {"n": json.remove(input, [""])}'),
    ...refused(/undefined function json\.remove; /),
  },
  {
    name: "a call to the network",
    files: deed('fail contains http.send({"method": "get", "url": "http://127.0.0.1/"})'),
    ...refused(/undefined function http\.send; /),
  },
  {
    name: "a look at the environment",
    files: deed("fail contains opa.runtime().env"),
    ...refused(/undefined function opa\.runtime; /),
  },
  {
    name: "a look into a file, by a schema that refers to it",
    files: deed(
      "# METADATA",
      "# scope: rule",
      "# schemas:",
      '#   - input.name: {"$ref": "file:///etc/hostname"}',
      'fail contains {"n": 1} if input.name == "x"',
    ),
    ...refused(/deed\.rego:\d+: METADATA\.schemas must not refer to other files/),
  },
  {
    name: "another policy's failures, given in its name",
    files: {
      "lifetime.rego": policySource("lifetime", {
        rules: 'fail contains {} if false\n\nno_expiry.fail contains {"expires": 1} if input.name',
        custom: { category: "policies" },
      }),
    },
    ...refused(/lifetime\.rego: must stand at <category>\/<name>\.rego/),
  },
  {
    name: "another policy's parameters, given in the library's name",
    files: {
      ...deed('fail contains {"n": 1} if false'),
      "lib/more.rego": 'package tokenward.lib.params\n\nimport rego.v1\n\nof("too-old") := {"max_age": 9999999999}\n',
    },
    ...refused(/its package is tokenward\.lib\.params/),
  },
  {
    name: "a combination of all with all with all",
    files: deed(
      'fail contains {"n": count(all)} if {',
      "\tr := numbers.range(1, 1000)",
      "\tall := {[a, b, c, d] | some a in r; some b in r; some c in r; some d in r}",
      "}",
    ),
    ...exhausted,
  },
  {
    name: "a search that finds nothing",
    files: deed(
      'fail contains {"n": 1} if {',
      "\tr := numbers.range(1, 1000)",
      "\tsome a in r",
      "\tsome b in r",
      "\tsome c in r",
      "\tsome d in r",
      "\ta + b + c + d < 0",
      "}",
    ),
    ...exhausted,
  },
  {
    name: "work on every token that is short enough for one",
    files: deed(
      'fail contains {"n": 1} if {',
      "\tr := numbers.range(1, 1400)",
      "\tsome a in r",
      "\tsome b in r",
      "\ta + b < 0",
      "}",
    ),
    outcome: "stopped",
    codes: ["POLICY_OVERTIME"],
  },
  {
    name: "two gigabytes at once",
    files: deed('fail contains {"n": count(numbers.range(1, 100000000))}'),
    ...exhausted,
  },
  {
    name: "two gigabytes by doubling",
    files: deed('fail contains {"big": startswith(text21, "x")} if {', ...doubled(21), "}"),
    ...exhausted,
  },
  {
    name: "the sorting of what is sorted the wrong way round",
    files: deed('fail contains {"n": sort(numbers.range(300000, 1))[0]}'),
    ...exhausted,
  },
  {
    name: "a set of sets of sets",
    files: deed(
      'fail contains {"n": count(sets)} if {',
      "\tr := numbers.range(1, 3000)",
      "\tsets := {one | some a in r; one := {x | some x in r; x <= a}}",
      "}",
    ),
    ...exhausted,
  },
  {
    name: "a hundred megabytes of output",
    files: deed('fail contains {"big": text17} if {', ...doubled(17), "}"),
    outcome: "stopped",
    codes: [...exhausted.codes, "POLICY_OUTPUT"],
  },
  {
    name: "a million findings",
    files: deed('fail contains {"n": n} if some n in numbers.range(1, 1000000)'),
    outcome: "stopped",
    codes: [...exhausted.codes, "POLICY_OUTPUT"],
  },
  {
    name: "a finding that nobody would read",
    files: deed(`fail contains {"big": "${"x".repeat(66_000)}"}`),
    outcome: "stopped",
    codes: ["POLICY_OUTPUT"],
  },
  {
    name: "values that hold values that hold values",
    files: deed('fail contains {"deep": _to3(input.name)}', ...nested(3)),
    outcome: "stopped",
    codes: ["POLICY_OUTPUT"],
    told: /nested deeper than 32 levels/,
  },
  {
    name: "values nested deeper than the evaluator's stack",
    files: deed('fail contains {"deep": _to8(input.name)}', ...nested(8)),
    outcome: "stopped",
    codes: ["POLICY_TRAPPED"],
  },
  {
    name: "failures that are no objects",
    files: deed("fail contains n if some n in numbers.range(1, 1000)"),
    outcome: "stopped",
    codes: ["POLICY_SHAPE"],
  },
  {
    name: "rules that contradict each other",
    files: deed('fail contains {"n": _n}', "", "_n := 1 if input.name", "", "_n := 2 if input.name"),
    outcome: "stopped",
    codes: ["POLICY_FAILED"],
    told: /conflict/,
  },
  {
    name: "a pattern that other engines choke on",
    files: deed(`fail contains {"n": 1} if regex.match(\`^(a+)+$\`, "${"a".repeat(5_000)}!")`),
    ...harmless,
  },
  {
    name: "another policy mocked, for itself",
    files: deed(
      "import data.tokenward.lifetime.no_expiry",
      "",
      'fail contains {"n": 7} if count(no_expiry.fail) == 7 with no_expiry.fail as numbers.range(1, 7)',
    ),
    ...harmless,
  },
  {
    name: "evidence under the names of what every object has",
    files: deed('fail contains {"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}'),
    ...harmless,
  },
];
