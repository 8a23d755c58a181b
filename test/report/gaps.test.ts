import { expect, it } from "vitest";
import { gapCounter } from "../../src/report/gaps.ts";
import { gap } from "./results.ts";

it("counts by policy and reason, the most frequent reason of a policy first", () => {
  const counter = gapCounter();
  const add = (policy: string, why: string, kind = "npm/token") =>
    counter.add(gap({ policy, why, field: "created", reason: "denied", token: { kind } }));

  add("too-old", "refused");
  add("idle", "refused");
  add("too-old", "not told", "npm/token");
  add("too-old", "not told", "aws/access-key");

  expect(counter.gaps()).toEqual([
    { policy: "idle", why: "created unknown: refused", count: 1, kinds: ["npm/token"] },
    { policy: "too-old", why: "created unknown: not told", count: 2, kinds: ["npm/token", "aws/access-key"] },
    { policy: "too-old", why: "created unknown: refused", count: 1, kinds: ["npm/token"] },
  ]);
});

it("stays small where every token has a reason of its own", () => {
  const counter = gapCounter();
  for (let index = 0; index < 1_000; index++) {
    const token = { id: `t/a/k/${index}`, kind: `t/kind-${index}` };
    counter.add(gap({ why: `reason ${index}`, field: "created", reason: "denied", token }));
  }

  const gaps = counter.gaps();

  expect(gaps).toHaveLength(201);
  expect(gaps[0]).toMatchObject({ why: "for other reasons", count: 800 });
  expect(gaps[0]?.kinds).toHaveLength(50);
});
