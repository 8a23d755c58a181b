import { expect, it } from "vitest";
import { readers } from "./told.ts";
import { hasPromtool } from "./validators.ts";

const wrong = [
  {
    format: "sarif",
    text: '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a","rules":[]}},"results":[{"message":{"text":"a"}}]}]}',
  },
  { format: "markdown", text: "| Tokens | Fail |\n| --- | --- |\n| a | b | c |\n" },
  { format: "markdown", text: "| Tokens |\n| --- |\n| [a](https://example.com) |\n" },
  { format: "markdown", text: "| Tokens |\n| --- |\n| @team |\n" },
  { format: "html", text: "<!DOCTYPE html><html><body><p>a</html>" },
  {
    format: "html",
    text: '<!DOCTYPE html><html lang="en"><head><title>a</title></head><body><img src="x" alt="a"></body></html>\n',
  },
  { format: "github", text: "::error title=a,b:: x\n" },
  { format: "gitlab-codequality", text: '[{"check_name":"a"}]' },
  { format: "gitlab-sast", text: '{"version":"15.2.1","vulnerabilities":[{}]}' },
  { format: "azure", text: "##vso[task.logissue type=error;code=a;]50%\n" },
  { format: "junit", text: "<testsuites><testsuite/></testsuites>" },
  { format: "junit", text: "<testsuites>\u001b</testsuites>" },
  { format: "csv", text: '"row","name"\r\n"fail","=1+1"\r\n' },
  { format: "ocsf", text: '{"compliance":{"control":"a","status_id":3},"colour":"red"}\n' },
  { format: "oscal", text: '{"assessment-results":{"results":[{"observations":[]}]}}' },
  { format: "owners", text: "| a |\n| --- |\n| b | c |\n" },
  { format: "prometheus", text: "tokenward_tokens 1\ntokenward_tokens 2\n" },
] as const;

it.each(wrong)("a $format text that is wrong is complained of: $text", async ({ format, text }) => {
  expect(await readers[format](text).faults).not.toEqual([]);
});

it.skipIf(!hasPromtool)(
  "promtool complains of a family without a help text (needs promtool, Debian's package prometheus)",
  async () => {
    expect(await readers.prometheus("tokenward_tokens 1\n").faults).not.toEqual([]);
  },
);
