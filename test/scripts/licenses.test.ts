import { describe, expect, it } from "vitest";
import { licensesOf } from "../../scripts/licenses.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const about = (name: string, license: string) => JSON.stringify({ name, version: "1.2.3", license });

describe("the licences of what is bundled", () => {
  it("are refused when one has no text, because its authors ask for it to be handed on", async () => {
    const root = await laidOut(`${scratch}/without`, {
      "node_modules/bare/package.json": about("bare", "MIT"),
      "node_modules/bare/notice.txt": "by somebody\n",
    });

    await expect(licensesOf(root, ["node_modules/bare/index.js"])).rejects.toThrow(
      "bare 1.2.3 has no licence text to hand on",
    );
  });

  it("come once for each package, nested and scoped ones too, in the order of their names", async () => {
    const root = await laidOut(`${scratch}/with`, {
      "node_modules/@scope/outer/package.json": about("@scope/outer", "ISC"),
      "node_modules/@scope/outer/LICENSE-ISC": "outer's words\r\n",
      "node_modules/@scope/outer/NOTICE": "outer's notice",
      "node_modules/@scope/outer/node_modules/inner/package.json": about("inner", "MIT"),
      "node_modules/@scope/outer/node_modules/inner/license.md": "inner's words\n",
    });
    const files = [
      "src/cli/main.ts",
      "node_modules/@scope/outer/node_modules/inner/lib/index.js",
      "node_modules/@scope/outer/a.js",
      "node_modules/@scope/outer/b.js",
    ];

    const [, ...licences] = (await licensesOf(root, files)).split("\n\n");

    expect(licences.join("\n\n")).toBe(
      "@scope/outer 1.2.3 (ISC)\n\nouter's words\n\nouter's notice\n\ninner 1.2.3 (MIT)\n\ninner's words\n",
    );
  });
});
