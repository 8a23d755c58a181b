import type { Limits, World } from "./exchange.ts";

/** Holds all requests of a connection while its provider wants to be left alone. */
export interface Gate {
  /** Nobody passes for so many milliseconds from now. */
  hold(milliseconds: number): void;
  isOpen(): boolean;
  /** An answer came: it does not close again and again for nothing. */
  relieve(): void;
  /** Waits until the gate is open, but no longer than allowed; gives the milliseconds waited, or the instant it opens if that is later. */
  pass(longest: number): Promise<{ waited: number } | { until: number }>;
  /** Milliseconds that it was closed while somebody waited. */
  waited(): number;
  /** The instant that somebody waits for now, in milliseconds since 1970; undefined: nobody waits. */
  until(): number | undefined;
}

export function openGate(
  { now, sleep, signal }: Pick<World, "now" | "sleep" | "signal">,
  { wait: bound }: Pick<Limits, "wait">,
): Gate {
  let [opens, total, inVain] = [0, 0, 0];
  let sleeping: Promise<void> | undefined;

  /** One sleep for all who wait, so that it is counted once. */
  function rest(): Promise<void> {
    const began = now();
    sleeping ??= sleep(opens - began, signal).finally(() => {
      const waited = Math.max(0, now() - began);
      total += waited;
      inVain += waited;
      sleeping = undefined;
    });
    return sleeping;
  }

  return {
    hold(milliseconds) {
      opens = Math.max(opens, now() + milliseconds);
    },
    isOpen: () => now() >= opens,
    relieve() {
      inVain = 0;
    },
    async pass(longest) {
      const began = now();
      while (now() < opens && !signal?.aborted) {
        if (opens - began > longest || opens - now() + inVain > bound) return { until: opens };
        await rest();
      }
      return { waited: now() - began };
    },
    waited: () => total,
    until: () => (sleeping ? opens : undefined),
  };
}

/** Lets so many at a time work with one host, in the order they came. */
export interface Lane {
  enter(limit: number): Promise<void>;
  leave(): void;
}

export function openLane(): Lane {
  const queue: { limit: number; enter: () => void }[] = [];
  let inside = 0;
  const admit = () => {
    while (queue[0] && inside < queue[0].limit) {
      inside += 1;
      queue.shift()?.enter();
    }
  };
  return {
    enter: (limit) =>
      new Promise((resolve) => {
        queue.push({ limit, enter: resolve });
        admit();
      }),
    leave() {
      inside -= 1;
      admit();
    },
  };
}
