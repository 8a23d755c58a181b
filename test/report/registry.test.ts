import { expect, it } from "vitest";
import { formatIds, reporter } from "../../src/report/registry.ts";

it("refuses a format that is not there, and names those that are", async () => {
  await expect(reporter("xml")).rejects.toMatchObject({
    code: "FORMAT_UNKNOWN",
    message: "there is no format xml",
    remedy: `use one of ${formatIds.join(", ")}`,
  });
});

it.each(formatIds.map((id) => ({ id })))("loads $id under its own name", async ({ id }) => {
  expect(await reporter(id)).toMatchObject({ id, render: expect.any(Function) });
});
