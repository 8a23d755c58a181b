/** A place that two threads share: which step the worker is at, and whether it is at work at all. */
export interface Beat {
  shared: SharedArrayBuffer;
  /** The worker begins a step; the number means something to who asked for the work. */
  step(number: number): void;
  rest(): void;
  /** The step the worker is at, or -1 at rest; and how many steps it has begun. */
  read(): { step: number; begun: number };
}

const [BEGUN, STEP] = [0, 1];

export function openBeat(shared = new SharedArrayBuffer(8)): Beat {
  const cells = new Int32Array(shared);
  return {
    shared,
    step(number) {
      Atomics.store(cells, STEP, number + 1);
      Atomics.add(cells, BEGUN, 1);
    },
    rest: () => void Atomics.store(cells, STEP, 0),
    read: () => ({ step: Atomics.load(cells, STEP) - 1, begun: Atomics.load(cells, BEGUN) }),
  };
}
