import type { Context } from "../../src/collect/provider.ts";

/** A world without a network, at a fixed time. */
export const offline = {
  asOf: "2030-01-01T00:00:00Z",
  now: () => Date.parse("2030-01-01T00:00:00Z"),
  connect() {
    throw new Error("this test has no network");
  },
} as const satisfies Pick<Context, "asOf" | "now" | "connect">;
