import type { World } from "../../src/net/exchange.ts";

/** A world whose clock moves only when somebody sleeps, and who sleeps is awake at once. */
export function fakeWorld(given: Partial<World> = {}): World & { slept: number[] } {
  let now = Date.parse("2030-01-01T00:00:00Z");
  const slept: number[] = [];
  return {
    version: "0.0.0",
    env: {},
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      if (signal?.aborted) return;
      slept.push(milliseconds);
      const until = now + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, until);
    },
    ...given,
    slept,
  };
}
