import { describe, expect, it } from "vitest";
import { limitsIn } from "../../src/model/limits.ts";
import { settingsOn } from "../../src/model/settings.ts";
import { aPolicy, aToken, rules } from "../support/tokens.ts";

const param = { type: "duration", default: 90, stricter: "lower", doc: "longest time" } as const;
const policy = aPolicy({ params: { max_age: { ...param, register: ["rotate_every", "max_lifetime"] } } });
const setting = { value: 90, source: "built-in" };
const by = rules({ parameters: { any: { "too-old": { max_age: setting } } } });

describe("a number in force for one token", () => {
  it.each<{ what: string; said?: object; found: object }>([
    { what: "is that of its kind without a register", found: setting },
    { what: "is that of its kind without an entry", said: { registered: false, rotate_every: 1 }, found: setting },
    { what: "is tightened by its entry", said: { rotate_every: 30 }, found: { value: 30, source: "tokens.yaml:3" } },
    {
      what: "is tightened by what says it less directly",
      said: { max_lifetime: 89 },
      found: { value: 89, source: "tokens.yaml:3" },
    },
    {
      what: "is the least of all that is said",
      said: { max_lifetime: 20, rotate_every: 30 },
      found: { value: 20, source: "tokens.yaml:3" },
    },
    { what: "is never loosened", said: { max_lifetime: 400, rotate_every: 91 }, found: setting },
    { what: "stays where the entry says the same", said: { rotate_every: 90 }, found: setting },
  ])("$what", ({ said, found }) => {
    const register = { registered: true, ...(said && "registered" in said ? {} : { by: "tokens.yaml:3" }), ...said };

    const settings = settingsOn(by.parameters, policy, aToken(said ? { facts: { register } } : {}));

    expect(settings).toEqual({ max_age: found });
  });
});

describe("the limits that entries are held against", () => {
  const others = [aPolicy({ id: "idle", params: { max_idle: param } }), policy];

  it("are those of the first field that a parameter goes by, of policies that judge the kind", () => {
    expect(limitsIn(others, by)("npm/token")).toEqual([{ policy: "too-old", field: "rotate_every", value: 90 }]);
  });

  it.each([
    { what: "a policy that is off", over: { disabled: ["too-old"] } },
    {
      what: "an exempt kind",
      over: { parameters: { ...by.parameters, exempt: { "npm/token": { "too-old": { source: "x" } } } } },
    },
  ])("are not those of $what", ({ over }) => {
    expect(limitsIn(others, { ...by, ...over })("npm/token")).toEqual([]);
  });
});
