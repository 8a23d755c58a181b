import { describe, expect, it } from "vitest";
import { type Case, explanation } from "../../src/cli/explanation.ts";
import type { Policy, Token } from "../../src/model/documents.gen.ts";
import { finding, gap } from "../report/results.ts";
import { aPolicy, aToken, days, rules } from "../support/tokens.ts";

const params: Policy["params"] = { max_age: { type: "duration", default: days(90), doc: "" } };
const policy = aPolicy({ params, evidence: { age: "duration", max_age: "duration" }, needs: ["created", "grants"] });
const evidence = { age: days(41) + 57_600, max_age: days(30) };
const max_age = { value: days(30), source: "tokenward.yaml:4:9", reason: "analysis 7", approved_by: "ciso" };

function judged(over: Partial<Token> = {}, given: Parameters<typeof rules>[0] = {}): NonNullable<Case["judged"]> {
  return { token: aToken(over), rules: rules(given) };
}

function lines(told: Case, width = 100): string[] {
  return explanation(told, width).split("\n");
}

/** The lines below a title, to the next empty one. */
function below(title: string, told: Case): string[] {
  const all = lines(told);
  const from = all.indexOf(title) + 1;
  return from === 0 ? [] : all.slice(from, all.indexOf("", from));
}

describe("the verdict", () => {
  it("of a failure is its message, below what it is about", () => {
    const told = lines({ policy, verdict: "fail", finding: finding({ evidence, message: "issued 41 days ago" }) });

    expect(told.slice(0, 9)).toEqual([
      "too-old/gitlab/acme/deploy-token/7",
      "",
      "fail: issued 41 days ago",
      "",
      'policy    "Token is older than its kind may get"',
      'token     "registry-pull"',
      expect.stringMatching(/^finding {3}[0-9a-f]{32}$/),
      "severity  high (medium, raised: the token's breadth is unknown)",
      "location  no file declares this token",
    ]);
  });

  it("of a pass does not read as if the token were what the policy is called after", () => {
    expect(lines({ policy, verdict: "pass", judged: judged() })[2]).toBe(
      "pass: the policy has nothing against this token",
    );
  });

  it("that was not possible says why, and what to do", () => {
    const told = { policy, verdict: "unknown", finding: gap({ field: "created", reason: "denied", why: "refused" }) };

    expect(lines(told as Case)[2]).toBe("unknown: no verdict is possible (created unknown: refused)");
    expect(below("What decided", told as Case)).toEqual(["  created  unknown (denied)"]);
    expect(below("What to do", told as Case)).toEqual(["  Give the credential that collects the right to read it."]);
  });

  it("keeps to the width it is given", () => {
    const told: Case = { policy, verdict: "fail", finding: finding({ evidence, thresholds: { max_age } }) };

    expect(Math.max(...lines(told, 60).map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("a policy that does not judge a token says why", () => {
  it.each([
    {
      why: "it is switched off",
      judged: { ...judged({}, { disabled: ["too-old"] }), offBy: "tokenward.yaml:3:5" },
      says: "the policy is switched off (tokenward.yaml:3:5)",
    },
    {
      why: "the kind is exempt",
      judged: judged(
        {},
        {
          parameters: {
            exempt: {
              "github/fine-grained-pat": {
                "too-old": {
                  source: "tokenward.yaml:3:5",
                  reason: "they end",
                  approved_by: "ciso",
                  review_by: "2031-06-01",
                },
              },
            },
          },
        },
      ),
      says: "tokens of kind github/fine-grained-pat are exempt (tokenward.yaml:3:5; they end; approved by ciso; review by 2031-06-01)",
    },
    {
      why: "it judges other kinds only",
      policy: { applies_to: { kinds: ["github/workflow-token"] } },
      judged: judged(),
      says: "it judges only github/workflow-token, and this token is a github/fine-grained-pat",
    },
    {
      why: "it judges every kind but this one",
      policy: { applies_to: { except_kinds: ["github/fine-grained-pat"] } },
      judged: judged(),
      says: "it judges every kind except github/fine-grained-pat, and this token is a github/fine-grained-pat",
    },
    {
      why: "it judges tokens of another status",
      policy: { applies_to: { statuses: ["active", "pending"] } } as const,
      judged: judged({ facts: { status: "expired" } }),
      says: "it judges tokens that are active or pending, and this one is expired",
    },
    {
      why: "it judges what acts as something else",
      policy: { applies_to: { principals: ["service", "app"] } } as const,
      judged: judged({ principal: { type: "human", id: "mona" } }),
      says: "it judges what acts as service or app, and this one acts as human",
    },
    {
      why: "it judges what acts as somebody",
      policy: { applies_to: { principals: ["human"] } } as const,
      judged: judged({ principal: null }),
      says: "it judges what acts as human, and this one acts as nobody",
    },
    {
      why: "what it is about is not told",
      policy: { applies_to: { principals: ["human"], given: ["usage", "consumers"] } } as const,
      judged: judged(),
      says: "it judges only where usage and consumers are told",
    },
    {
      why: "another policy tells the same cause",
      policy: { yields_to: ["legacy-kind", "provider-will-revoke-idle"] },
      judged: { ...judged(), failed: ["no-owner", "provider-will-revoke-idle"] },
      says: "provider-will-revoke-idle tells the same cause",
    },
  ])("$why", ({ policy: over = {}, judged: about, says }) => {
    const told: Case = { policy: { ...policy, ...(over as Partial<Policy>) }, verdict: "not_applicable" };

    const all = explanation({ ...told, judged: about }, 400);

    expect(all.split("\n")[2]).toBe(`not applicable: ${says}`);
    expect(all).not.toContain("What decided");
  });
});

describe("what decided", () => {
  it("is what the rule found and the record says, without the numbers that stand below", () => {
    const told: Case = { policy, verdict: "fail", finding: finding({ evidence, thresholds: { max_age } }) };
    const grants = [
      { family: "app", scope: "contents", access: "write", resource: "acme/shop" },
      { family: "app", scope: "checks", access: "unknown", resource: "*" },
    ] as const;

    expect(below("What decided", { ...told, judged: judged({ grants: [...grants] }) })).toEqual([
      "  age      41 days 16 hours",
      "  created  2029-12-02T00:00:00Z",
      "  grants   write contents on acme/shop",
      "           checks (access unknown) on all it reaches",
    ]);
    expect(below("Held against", told)).toEqual(["  max_age  30d  tokenward.yaml:4:9; analysis 7; approved by ciso"]);
  });

  it.each([
    { what: "no grant", needs: ["grants"], token: { grants: [] }, rows: ["  grants  none"] },
    { what: "no expiry", needs: ["expires"], token: { expires: null }, rows: ["  expires  none"] },
    {
      what: "a principal with its state",
      needs: ["principal"],
      token: { principal: { type: "service", id: "svc-1", name: "ci", state: "active" } },
      rows: ["  principal  service ci (svc-1), active"],
    },
    {
      what: "a principal's state alone",
      needs: ["principal.state"],
      token: { principal: { type: "human", id: "mona", state: "deleted" } },
      rows: ["  principal.state  deleted"],
    },
    {
      what: "a reach with its count",
      needs: ["reach"],
      token: { reach: { selection: "selected", count: 3 } },
      rows: ["  reach  selected, 3"],
    },
    {
      what: "networks",
      needs: ["network"],
      token: { network: ["10.0.0.0/8", "2001:db8::/32"] },
      rows: ["  network  10.0.0.0/8, 2001:db8::/32"],
    },
  ] as const)("shows $what", ({ needs, token, rows }) => {
    const told = { policy: { ...policy, needs: [...needs] }, verdict: "pass" as const };

    expect(below("What decided", { ...told, judged: judged(token as unknown as Partial<Token>) })).toEqual(rows);
  });

  it("counts the grants that would fill a page", () => {
    const grants = Array.from({ length: 40 }, (_, index) => ({
      family: "app",
      scope: `s${index}`,
      access: "read" as const,
      resource: "*",
    }));

    const shown = below("What decided", { policy, verdict: "pass", judged: judged({ grants }) });

    expect(shown).toHaveLength(1 + 12 + 1);
    expect(shown.at(-1)).toBe("           and 28 more");
  });

  it("shows a pass the numbers of the token's kind", () => {
    const parameters = { any: { "too-old": { max_age } }, kinds: {} };

    expect(below("Held against", { policy, verdict: "pass", judged: judged({}, { parameters }) })).toHaveLength(1);
  });
});
