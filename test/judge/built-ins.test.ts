import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { alternatives, explainRefusals } from "../../src/judge/built-ins.ts";
import { compile } from "../../src/judge/compile.ts";
import { findOpa, runOpa } from "../../src/judge/opa.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { repository } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { policySource } from "./policies.ts";

interface Listed {
  builtins: { name: string }[];
}

const opa = await findOpa(process.env);
const known = JSON.parse((await runOpa(opa, ["capabilities", "--current"], ".")).stdout) as Listed;
const allowed = JSON.parse(await readFile(`${repository}policies/capabilities.json`, "utf8")) as Listed;
const names = new Set(allowed.builtins.map(({ name }) => name));
const refused = known.builtins.map(({ name }) => name).filter((name) => !names.has(name) && name !== "internal.print");

/** One policy that calls all of them, each on a line of its own. */
const rules = ['fail contains {"n": 1} if false', ...refused.map((name, index) => `_call${index} := ${name}()`)];
const folder = await laidOut(await scratchFolder(), {
  "lifetime/calling.rego": policySource("lifetime/calling", { rules: rules.join("\n") }),
});
const complaint = await compile(opa, {
  policies: [folder],
  schemas: `${repository}schemas`,
  capabilities: `${repository}policies/capabilities.json`,
}).then(String, (error: unknown) => (error instanceof TokenwardError ? error.message : String(error)));
const lines = complaint.split("\n");
const first = (await readFile(`${folder}/lifetime/calling.rego`, "utf8")).split("\n").indexOf(rules[1] ?? "") + 1;

describe("a built-in that policies cannot call is refused with file, line and what to do instead:", () => {
  it("more than a hundred of them, in one go", () => {
    expect(refused.length).toBeGreaterThan(100);
    expect(lines.filter((line) => line.includes("undefined function"))).toHaveLength(refused.length);
  });

  it.each(refused.map((name, index) => ({ name, index })))("$name", ({ name, index }) => {
    const column = (rules[index + 1] ?? "").indexOf(`${name}()`) + 1;
    const at = `policies/lifetime/calling.rego:${first + index}:${column}`;
    const place = `${at}: rego_type_error: undefined function ${name}`;
    const line = lines.find((candidate) => candidate.startsWith(place));

    expect(line).toBe(`${place}; ${line?.slice(place.length + 2)}`);
    expect(Object.values(alternatives)).toContain(line?.slice(place.length + 2));
  });
});

it.each(Object.keys(alternatives))("the entry %s speaks of a built-in that is refused", (entry) => {
  const covered = refused.filter((name) =>
    entry.endsWith("*") ? name.startsWith(entry.slice(0, -1)) : name === entry,
  );

  expect(covered).not.toEqual([]);
});

it("no alternative names a built-in that is refused itself", () => {
  const text = Object.values(alternatives).join(" ");
  const named = refused.filter(
    (name) => name !== "print" && new RegExp(`\\b${name.replace(".", "\\.")}\\b(?!:)`).test(text),
  );

  expect(named).toEqual([]);
});

it.each([
  {
    what: "the only complaint",
    text: "1 error occurred: policies/a/b.rego:3: rego_type_error: undefined function opa.runtime",
    told: "1 error occurred: policies/a/b.rego:3: rego_type_error: undefined function opa.runtime; a policy sees its input only: give it a parameter",
  },
  {
    what: "print under its inner name",
    text: "a.rego:3: rego_type_error: undefined function internal.print",
    told: "a.rego:3: rego_type_error: undefined function print; yield the value under `fail contains {…}`, or print it in a test",
  },
  {
    what: "one of several",
    text: "2 errors occurred:\na.rego:3: undefined function rand.intn\na.rego:4: rego_parse_error: x",
    told: "2 errors occurred:\na.rego:3: undefined function rand.intn; a verdict must be the same tomorrow: decide by the record\na.rego:4: rego_parse_error: x",
  },
])("explains $what", ({ text, told }) => {
  expect(explainRefusals(text)).toBe(told);
});

it.each([
  "a.rego:3: rego_type_error: undefined function helper",
  "a.rego:3: rego_type_error: undefined function timer.now",
  "a.rego:3: rego_type_error: undefined function data.tokenward.lib.time.x",
  "a.rego:3: rego_type_error: undefined function constructor",
  "a.rego:3: rego_type_error: undefined ref: input.sprintf",
])("leaves other complaints as they are: %s", (text) => {
  expect(explainRefusals(text)).toBe(text);
});
