import { expect, it } from "vitest";
import { maskFor } from "../../src/cli/inputs.ts";
import type { Config } from "../../src/model/config.ts";

const config = {
  sources: {
    value: [
      { source: { use: "github", app: { id: 7, private_key: { env: "ACME_KEY" } } }, root: "/" },
      { source: { use: "gitlab", credential: { env: "ACME_TOKEN" } }, root: "/" },
    ],
    source: "tokenward.yaml",
  },
} as unknown as Config;

it.each([
  { what: "a credential in use, although it looks like a word", text: "# was sesameopen", masked: "# was ***" },
  { what: "another in a nested key", text: "openwide", masked: "***" },
  { what: "what looks like any other secret", text: `gh${"p_"}${"Ex4mple".repeat(5)}Z`, masked: `gh${"p_"}***` },
  { what: "nothing else", text: "version: 1", masked: "version: 1" },
])("of a file that is kept is taken out: $what", ({ text, masked }) => {
  const mask = maskFor(config, { ACME_TOKEN: "sesameopen", ACME_KEY: "openwide", OTHER: "version" });

  expect(mask(text)).toBe(masked);
});
