import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { collectFrom } from "./checkout.ts";

const shop = fileURLToPath(new URL("../../fixtures/workflows/acme-shop", import.meta.url));

it("reads a small company's workflows whole", async () => {
  const { tokens, coverage } = await collectFrom(shop, { account: "acme/shop" });

  const text = `${JSON.stringify({ tokens, coverage }, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../fixtures/workflows/acme-shop/expected.json");
});
