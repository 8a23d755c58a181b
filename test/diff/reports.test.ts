import { expect, it } from "vitest";
import { diffReports } from "../../src/diff/reports.ts";
import type { Coverage, Finding } from "../../src/model/documents.gen.ts";
import { finding, gap, policy, result } from "../report/results.ts";

const one = (id: string, over: Partial<Omit<Finding, "token">> = {}) =>
  finding({ token: { id: `gitlab/acme/t/${id}` }, ...over });
const failed: Coverage = { source: "gitlab", subject: "tokens", outcome: "failed", items: 0, detail: "no answer" };
const noScratch = () => {
  throw new Error("so few findings fit into memory");
};
const told = async (old: Finding[], now: Finding[], over: Parameters<typeof result>[0] = {}) => {
  const { findings, incomplete, summary } = await diffReports(
    result({ findings: old }),
    result({ findings: now, ...over }),
    noScratch,
  );
  return { changes: findings.map(({ token, change }) => `${token.slice(-1)} ${change}`), incomplete, summary };
};

it.each<{ what: string; old: Finding[]; now: Finding[]; changes: string[] }>([
  { what: "one more", old: [one("a")], now: [one("a"), one("b")], changes: ["b new"] },
  { what: "one less", old: [one("a"), one("b")], now: [one("b")], changes: ["a resolved"] },
  { what: "a worse one", old: [one("a")], now: [one("a", { severity: "critical" })], changes: ["a worse"] },
  { what: "a better one", old: [one("a")], now: [one("a", { severity: "low" })], changes: ["a better"] },
  {
    what: "one that can no longer be judged",
    old: [one("a")],
    now: [gap({ token: { id: "gitlab/acme/t/a" }, field: "created", reason: "denied", why: "denied" })],
    changes: ["a changed"],
  },
  {
    what: "another wording and another waiver",
    old: [one("a")],
    now: [one("a", { message: "otherwise" })],
    changes: [],
  },
])("two reports differ by $what", async ({ old, now, changes }) => {
  expect(await told(old, now)).toMatchObject({ changes, incomplete: false });
});

it.each([
  { what: "whose source the new report could not read", over: { coverage: [failed] } },
  { what: "whose policy did not judge there", over: { policies: [policy({ id: "idle" })] } },
])("a finding is not resolved $what", async ({ over }) => {
  expect(await told([one("a")], [], over)).toMatchObject({
    changes: ["a unknown"],
    incomplete: true,
    summary: { resolved: 0 },
  });
});
