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
  { format: "ndjson", columns: 100, file: "company.ndjson.txt" },
  { format: "markdown", columns: 100, file: "company.md" },
  { format: "html", columns: 100, file: "company.html.txt" },
  { format: "github", columns: 100, file: "company.github.txt" },
  { format: "gitlab-codequality", columns: 100, file: "company.codequality.txt" },
  { format: "gitlab-sast", columns: 100, file: "company.sast.txt" },
  { format: "azure", columns: 100, file: "company.azure.txt" },
  { format: "junit", columns: 100, file: "company.xml" },
  { format: "csv", columns: 100, file: "company.csv" },
  { format: "ocsf", columns: 100, file: "company.ocsf.txt" },
  { format: "oscal", columns: 100, file: "company.oscal.txt" },
  { format: "owners", columns: 100, file: "company.owners.md" },
  { format: "prometheus", columns: 100, file: "company.prom" },
  { format: "table", columns: 100, file: "company-plain.txt", options: { plain: true } },
  { format: "table", columns: 100, file: "company-by-owner.txt", options: { groupBy: "owner" as const } },
  { format: "markdown", columns: 100, file: "company-by-provider.md", options: { groupBy: "provider" as const } },
])("a small company's run as $format on $columns columns is $file", async ({ format, columns, file, options }) => {
  const { render } = await reporter(format);

  const written = await text(render(company(), { colour: false, columns, ...options }));

  await expect(written).toMatchFileSnapshot(`__files__/${file}`);
});
