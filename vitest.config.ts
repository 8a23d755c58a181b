import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Scenario tests start real processes; a slow machine must not fail them, a hang must.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
