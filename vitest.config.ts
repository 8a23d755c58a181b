import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const files = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => `test/${path.replaceAll("\\", "/")}`);

/** Other programs at work, modules that are replaced, the working folder, the memory: no neighbours for these. */
const apart = files.filter(
  (path) =>
    /^test\/(?:agreement|scenarios)\//.test(path) ||
    /\bvi\.|\bprocess\.chdir\(|"node:v8"/.test(readFileSync(path, "utf8")),
);

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    // Scenario tests start real processes; a slow machine must not fail them, a hang must.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A process for each file costs half a second; the longest files are among those that need it, and come first.
    projects: [
      { extends: true, test: { name: "apart", include: apart } },
      { extends: true, test: { name: "together", include: ["test/**/*.test.ts"], exclude: apart, isolate: false } },
    ],
  },
});
