import { expect, it } from "vitest";
import type { Finding } from "../../src/model/documents.gen.ts";
import { renderOwners } from "../../src/report/owners.ts";
import { finding, gap, result, text } from "./results.ts";

async function told(...findings: Finding[]): Promise<string> {
  return text(renderOwners(result({ findings })));
}

it("puts tokens that nobody answers for last, and names who they act as where that is known", async () => {
  const written = await told(
    finding(),
    finding({ token: { id: "t/a/k/2", owner: "team-web" } }),
    finding({ token: { id: "t/a/k/3", principal: "ci-bot" } }),
  );

  expect(written.match(/^## .*/gm)).toEqual(["## ci-bot", "## team-web", "## Nobody is named"]);
});

it("tells first what ends soon, and takes no far end for a near one", async () => {
  const soon = finding({ message: "expires in 5 days", evidence: { expires_in: 432_000, within: 2_592_000 } });
  const far = finding({ message: "ends in 415 days", evidence: { expires_in: 35_856_000, max_remaining: 31_622_400 } });
  const written = await told(far, { ...soon, id: "0".repeat(32) });

  expect(written.indexOf("expires in 5 days")).toBeLessThan(written.indexOf("### Fails"));
  expect(written.indexOf("ends in 415 days")).toBeGreaterThan(written.indexOf("### Fails"));
});

it("counts what does not fit, and what is unknown", async () => {
  const many = Array.from({ length: 60 }, (_, index) => finding({ token: { id: `t/a/k/${index}`, owner: "web" } }));
  const unknown = gap({ field: "created", reason: "denied", why: "denied", token: { id: "t/a/k/u", owner: "web" } });
  const written = await told(...many, unknown);

  expect(written).toContain("60 high; 1 verdict not possible");
  expect(written.match(/^\| high /gm)).toHaveLength(50);
  expect(written).toContain("and 10 more findings, see the report.");
});

it("says that there is nothing to tell only of a run without findings", async () => {
  expect(await told()).toContain("Nothing to tell anybody.");
  expect(await told(finding())).not.toContain("Nothing to tell anybody.");
});
