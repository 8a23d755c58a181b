import { expect, it } from "vitest";
import { reporter } from "../../src/report/registry.ts";
import { company } from "./company.ts";
import { text } from "./results.ts";

it.each([
  { format: "table", columns: 80, file: "company-80.txt" },
  { format: "table", columns: 120, file: "company-120.txt" },
  { format: "table", columns: 200, file: "company-200.txt" },
  { format: "json", columns: 100, file: "company.json.txt" },
  { format: "sarif", columns: 100, file: "company.sarif" },
])("a small company's run as $format on $columns columns is $file", async ({ format, columns, file }) => {
  const { render } = await reporter(format);

  const written = await text(render(company(), { colour: false, columns }));

  await expect(written).toMatchFileSnapshot(`__files__/${file}`);
});
