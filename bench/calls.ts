import { counted as aws } from "../test/collect/aws/fewest.ts";
import { counted as github } from "../test/collect/github/fewest.ts";
import { counted as gitlab } from "../test/collect/gitlab/fewest.ts";
import { runOver } from "../test/support/live.ts";

/** How often each live source asks for an estate of the tests, beside the fewest requests that its endpoints allow. */
export async function callsTable(): Promise<string> {
  const rows: string[] = [];
  for (const [provider, { of, fewest, open }] of Object.entries({ aws: aws(), github: github(), gitlab: gitlab() })) {
    const estate = await open();
    const { asked, tokens } = await runOver(estate);
    await estate.close?.();
    const each = ((asked.length * 1_000) / tokens.length).toFixed(0);
    rows.push(`${provider.padEnd(8)}${fewest} at the fewest, ${asked.length} asked, ${each} for 1,000 tokens: ${of}\n`);
  }
  return `requests\n${rows.join("")}`;
}
