import { beforeAll, describe, expect, it } from "vitest";
import type { Bundle } from "../../src/judge/bundle.ts";
import { judge, startJudge } from "../../src/judge/index.ts";
import type { Parameters, Rules } from "../../src/model/bundle.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Collected, Judged, Judgement } from "../../src/model/flow.ts";
import { aCoverage, aToken, days, gather, rules, streamOf, unknowing } from "../support/tokens.ts";
import { bundleOf } from "./policies.ts";

const limited = 'limit := params.of("too-old").max_age';
const policies = {
  "lifetime/too_old": {
    custom: {
      needs: ["created"],
      applies_to: { statuses: ["active"], except_kinds: ["github/workflow-token"] },
      params: { max_age: { type: "duration", default: "90d", stricter: "lower", doc: "longest time" } },
      message: "issued {age} ago; the limit is {max_age}",
    },
    rules: `import data.tokenward.lib.params\n\nfail contains {"age": input.facts.age, "max_age": limit} if {\n\t${limited}\n\tinput.facts.age > limit\n}`,
  },
  "ownership/no_owner": {
    custom: { needs: ["owner"] },
    rules: 'fail contains {"owner": null} if is_null(input.owner)',
  },
  "scope/twice": {
    rules: 'fail contains {"scope": grant.scope} if {\n\tsome grant in input.grants\n\tgrant.access == "admin"\n}',
  },
};

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleOf(policies);
});

const parameters: Partial<Parameters> = { any: { "too-old": { max_age: { value: days(90), source: "built-in" } } } };
const by = (overrides: Partial<Rules> = {}) =>
  rules({ ...overrides, parameters: { ...parameters, ...overrides.parameters } });
const stale = (overrides: Partial<Token> = {}) => aToken({ facts: { age: days(91), status: "active" }, ...overrides });
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aToken({ id: `github/acme/pat/${index}`, facts: { age: index % 3 ? 0 : days(99) } }),
  );

async function run(items: Iterable<Collected>, as = by()): Promise<Judged[]> {
  return gather(judge(streamOf(items), { bundle, rules: as }));
}

async function judgeOne(
  token: Token,
  as = by(),
): Promise<{ verdicts: Record<string, string>; findings: Judgement["findings"] }> {
  const [judged] = await run([{ token }], as);
  if (!judged || "coverage" in judged) throw new Error("no judgement came back");
  const { verdicts, findings } = judged.judgement;
  return {
    verdicts: Object.fromEntries(bundle.manifest.policies.map(({ id }, index) => [id, verdicts[index] ?? "none"])),
    findings,
  };
}

const judgements = (all: readonly Judged[]) => all.flatMap((item) => ("judgement" in item ? [item.judgement] : []));

describe("order", () => {
  it.each([0, 1, 99, 100, 101, 200, 250])(
    "of %i tokens out is the order in, none lost, each with its own verdicts",
    async (count) => {
      const tokens = numbered(count);

      const found = judgements(await run(tokens.map((token) => ({ token }))));

      expect(found.map(({ token }) => token.id)).toEqual(tokens.map(({ id }) => id));
      expect(found.map(({ findings }) => findings.length)).toEqual(tokens.map((_, index) => (index % 3 ? 0 : 1)));
      expect(found.flatMap(({ findings }) => findings.map(({ token }) => token.id))).toEqual(
        tokens.flatMap(({ id }, index) => (index % 3 ? [] : [id])),
      );
    },
  );

  it.each([1, 7, 99, 100])(
    "keeps with a coverage event after every %i tokens, and each event passes as it came",
    async (every) => {
      const tokens = numbered(250);
      const items = tokens.flatMap((token, index): Collected[] =>
        index % every
          ? [{ token }]
          : [{ coverage: aCoverage({ subject: `page ${index}`, outcome: "denied" }) }, { token }],
      );

      const all = await run(items);

      expect(judgements(all).map(({ token }) => token.id)).toEqual(tokens.map(({ id }) => id));
      expect(all.filter((item) => "coverage" in item)).toEqual(items.filter((item) => "coverage" in item));
    },
  );

  it("needs no token for coverage to pass, so that a denied source never looks like an empty one", async () => {
    const coverage = aCoverage({ outcome: "denied", items: 0 });

    expect(await run([{ coverage }])).toEqual([{ coverage }]);
  });

  it("does not wait for the end: the first chunk is out before the second is read", async () => {
    let read = 0;
    async function* endless(): AsyncIterable<Collected> {
      for (;;) {
        read += 1;
        yield { token: aToken() };
      }
    }

    for await (const _ of judge(endless(), { bundle, rules: by() })) break;

    expect(read).toBe(100);
  });

  it("passes on a collector's failure", async () => {
    async function* broken(): AsyncIterable<Collected> {
      yield { token: aToken() };
      throw new Error("the connection was lost");
    }

    await expect(gather(judge(broken(), { bundle, rules: by() }))).rejects.toThrow("the connection was lost");
  });
});

describe("a token's verdicts", () => {
  it("fail with the values that decided, told in a sentence, beside the number they were held against", async () => {
    const { verdicts, findings } = await judgeOne(stale());

    expect(verdicts).toEqual({ "no-owner": "pass", "too-old": "fail", twice: "pass" });
    expect(findings).toMatchObject([
      {
        policy: "too-old",
        verdict: "fail",
        message: "issued 91 days ago; the limit is 90 days",
        evidence: { age: days(91), max_age: days(90) },
        thresholds: { max_age: { value: days(90), source: "built-in" } },
      },
    ]);
  });

  it.each([
    { age: days(90), verdict: "pass" },
    { age: days(90) + 1, verdict: "fail" },
  ])("turn exactly one second after the limit: $age seconds $verdict", async ({ age, verdict }) => {
    expect((await judgeOne(stale({ facts: { age, status: "active" } }))).verdicts["too-old"]).toBe(verdict);
  });

  it("are held against the number of its own kind", async () => {
    const kinds = {
      "github/fine-grained-pat": { "too-old": { max_age: { value: days(100), source: "tokenward.yaml:3:5" } } },
    };

    expect(
      (await judgeOne(stale(), by({ parameters: { ...parameters, kinds } as Parameters }))).verdicts["too-old"],
    ).toBe("pass");
    expect(
      (await judgeOne(stale({ kind: "npm/granular" }), by({ parameters: { ...parameters, kinds } as Parameters })))
        .verdicts["too-old"],
    ).toBe("fail");
  });

  it.each<{ what: string; token: Token; rules?: Partial<Rules> }>([
    { what: "the policy is switched off", token: stale(), rules: { disabled: ["too-old"] } },
    {
      what: "it is off and the token could not be judged either",
      token: unknowing({ created: "denied" }),
      rules: { disabled: ["too-old"] },
    },
    { what: "the kind is excepted", token: stale({ kind: "github/workflow-token" }) },
    {
      what: "the kind is exempt",
      token: stale(),
      rules: {
        parameters: {
          exempt: { "github/fine-grained-pat": { "too-old": { source: "judgement" } } },
        } as unknown as Parameters,
      },
    },
    { what: "the token is disabled", token: stale({ facts: { age: days(91), status: "disabled" } }) },
    {
      what: "the token has expired, which is its own finding",
      token: stale({ facts: { age: days(91), status: "expired" } }),
    },
  ])("are not applicable and find nothing where $what", async ({ token, rules: changed }) => {
    const { verdicts, findings } = await judgeOne(token, by(changed));

    expect(verdicts["too-old"]).toBe("not_applicable");
    expect(findings.filter(({ policy }) => policy === "too-old")).toEqual([]);
  });

  it.each(["not-exposed", "denied", "failed", "not-asked"] as const)(
    "are unknown where the need is %s, though the rule itself would have passed",
    async (reason) => {
      const { verdicts, findings } = await judgeOne(
        unknowing({ created: reason }, stale({ facts: { status: "active" } })),
      );

      expect(verdicts).toMatchObject({ "too-old": "unknown", "no-owner": "pass" });
      expect(findings).toMatchObject([{ policy: "too-old", verdict: "unknown", unknown: { created: reason } }]);
    },
  );

  it("are unknown where the need is unknown, though the rule found something", async () => {
    const { verdicts } = await judgeOne(unknowing({ created: "denied" }, stale()));

    expect(verdicts["too-old"]).toBe("unknown");
  });

  it("never pass because a field was dropped on the way", async () => {
    const { owner: _, ...dropped } = stale();

    expect((await judgeOne(dropped)).verdicts["no-owner"]).toBe("unknown");
  });

  it("judge a token whose status nobody knows", async () => {
    expect(
      (await judgeOne(unknowing({ status: "denied" }, stale({ facts: { age: days(91) } })))).verdicts["too-old"],
    ).toBe("fail");
  });
});

describe("a policy that fails twice on one token", () => {
  const admin = (scope: string) => ({ family: "app", scope, access: "admin" as const, resource: "*" });

  it("is refused, because both findings would share one identity", async () => {
    const token = aToken({ id: "github/acme/pat/7", grants: [admin("a"), admin("b")] });

    await expect(run([{ token: aToken() }, { token }])).rejects.toMatchObject({
      code: "POLICY_REPEATS",
      message: "policy twice failed 2 times on token github/acme/pat/7; its findings would share one identity",
    });
  });

  it("is of no account where it is switched off, as the remedy says", async () => {
    const token = aToken({ grants: [admin("a"), admin("b")] });

    expect((await judgeOne(token, by({ disabled: ["twice"] }))).verdicts.twice).toBe("not_applicable");
  });

  it("may fail once on each of many tokens", async () => {
    const tokens = numbered(150).map((token) => ({ token: { ...token, grants: [admin("a")] } }));

    expect(judgements(await run(tokens)).filter(({ verdicts }) => verdicts[2] === "fail")).toHaveLength(150);
  });
});

describe("judging once more, for what others tell", () => {
  const kin = {
    ...policies,
    "rotation/too_many": {
      custom: {
        needs: ["principal"],
        applies_to: { given: ["facts.siblings"] },
        yields_to: ["too-old"],
        message: "more than one is active",
      },
      rules: 'fail contains {"active": input.facts.siblings.active} if input.facts.siblings.active > 1',
    },
  };
  let whole: Judgement[];
  let again: Judgement[];
  let ids: string[];
  beforeAll(async () => {
    const bundle = await bundleOf(kin);
    const judge = startJudge({ bundle, rules: by() });
    const siblings = { active: 2, issued: [] };
    const tokens = [
      aToken({ owner: null, facts: { age: days(1), status: "active", siblings } }),
      aToken({ owner: null, facts: { age: days(91), status: "active", siblings } }),
      aToken({ facts: { age: days(1), status: "disabled", siblings: { active: 1, issued: [] } } }),
    ];
    ids = bundle.manifest.policies.map(({ id }) => id);
    [whole, again] = [judge(tokens), judge(tokens, true)];
  });
  const ofKin = (judged: readonly Judgement[]) =>
    judged.map(({ findings, verdicts }) => ({
      findings: findings.filter(({ policy }) => policy === "too-many"),
      verdict: verdicts[ids.indexOf("too-many")],
    }));

  it("says the same of kin as judging it all: also where a policy yields to one that does not look at kin", () => {
    expect(ofKin(whole).map(({ verdict }) => verdict)).toEqual(["fail", "not_applicable", "pass"]);
    expect(ofKin(again)).toEqual(ofKin(whole));
  });

  it("does not ask the others", () => {
    expect(again.map(({ verdicts }) => verdicts[ids.indexOf("no-owner")])).toEqual(Array(3).fill("not_applicable"));
  });
});
