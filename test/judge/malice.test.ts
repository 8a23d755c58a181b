import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Bundle, loadBundle } from "../../src/judge/bundle.ts";
import { startEngine } from "../../src/judge/engine.ts";
import { findOpa } from "../../src/judge/opa.ts";
import { bundleWithOwn } from "../../src/judge/own.ts";
import { aToken } from "../support/tokens.ts";
import { culprit, malice } from "./malice.ts";
import { folderOf } from "./policies.ts";

const { path } = await findOpa(process.env);
const env = { TOKENWARD_OPA: path };

async function compiled(files: Readonly<Record<string, string>>): Promise<Bundle> {
  const folder = await folderOf(files);
  return bundleWithOwn({ folders: [folder], cache: join(folder, ".cache"), env, version: "1" });
}

describe("a policy is refused that would try", () => {
  it.each(malice.filter(({ outcome }) => outcome === "refused"))("$name", async ({ files, codes, told }) => {
    const error = await compiled(files).then(
      () => undefined,
      (reason: unknown) => reason,
    );

    expect(error).toMatchObject({ code: codes[0], message: expect.stringMatching(told ?? /./) });
  });
});

describe("the others' verdicts stay as they are, whoever tries", () => {
  it.each(malice.filter(({ outcome }) => outcome === "harmless"))("$name", async ({ files }) => {
    const tokens = [aToken({ expires: null }), aToken({ owner: null }), aToken()];

    const beside = rowsOf(await compiled(files), tokens);
    const alone = rowsOf(await loadBundle(), tokens);

    expect(beside.map((rows) => rows.filter(([policy]) => policy !== culprit.policy))).toEqual(alone);
    expect(alone.flat()).not.toEqual([]);
  });
});

/** What failed, by the policies' own names. */
function rowsOf(
  bundle: Bundle,
  tokens: Parameters<ReturnType<typeof startEngine>["evaluate"]>[0],
): [string, object][][] {
  const { policies } = bundle.manifest;
  const rows = startEngine(bundle, { params: { any: {}, kinds: {} } }).evaluate(tokens);
  return rows.map((row) => row.map(([index, evidence]) => [policies[index]?.id ?? "", evidence]));
}
