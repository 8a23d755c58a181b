import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cached, keep } from "../../src/judge/cache.ts";
import { manifest } from "../support/tokens.ts";
import { folderOf } from "./policies.ts";

const compiled = { wasm: Buffer.from("wasm"), manifest: manifest({ id: "idle" }) };
const key = (index: number) => String(index).padStart(64, "0");

describe("the cache of compiled policies", () => {
  it("keeps the twenty newest entries, and all that is not its own", async () => {
    const cache = await folderOf({ "notes.txt": "mine", [`${key(99)}.bak`]: "mine" });
    for (let index = 0; index < 25; index += 1) {
      const folder = join(cache, index === 3 ? `${key(3)}-aB3x9Z` : key(index));
      await mkdir(folder);
      await utimes(folder, 1_000 + index, 1_000 + index);
    }

    await keep(join(cache, key(50)), compiled);

    const kept = Array.from({ length: 19 }, (_, index) => key(index + 6));
    expect((await readdir(cache)).sort()).toEqual([...kept, key(50), `${key(99)}.bak`, "notes.txt"].sort());
    expect(await cached(join(cache, key(50)))).toEqual(compiled);
  });

  it.each(["/proc/tokenward/cache", "/dev/null/cache"])(
    "fails, and does not hang, where no folder can be made: %s",
    async (cache) => {
      await expect(keep(join(cache, key(1)), compiled)).rejects.toThrow();
    },
  );

  it("fails where a link leads nowhere", async () => {
    const folder = await folderOf({});
    await symlink(join(folder, "nowhere"), join(folder, "cache"));

    await expect(keep(join(folder, "cache", key(1)), compiled)).rejects.toThrow();
  });

  it("takes no entry that is not whole", async () => {
    const folder = await folderOf({ "policy.wasm": "wasm", "manifest.json": "{}" });

    expect(await cached(folder)).toBeUndefined();
    await writeFile(join(folder, "sha256"), "0".repeat(64));
    expect(await cached(folder)).toBeUndefined();
  });
});
