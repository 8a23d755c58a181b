import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // One for each core: by itself the runner leaves one idle, which on two cores doubles the time.
    maxWorkers: availableParallelism(),
    // Scenario tests start real processes; a slow machine must not fail them, a hang must.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
