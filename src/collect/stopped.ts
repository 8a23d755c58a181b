import { TokenwardError } from "../model/errors.ts";
import type { Gathered } from "../model/flow.ts";
import { failure } from "./gap.ts";

/** What is gathered until somebody stops the run, also while a source keeps us waiting; then the run says that it is not whole. */
export async function* untilStopped(
  items: AsyncIterable<Gathered>,
  signal: AbortSignal | undefined,
): AsyncIterable<Gathered> {
  if (!signal) return yield* items;
  const iterator = items[Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const next = await unlessStopped(iterator.next(), signal);
      if (next?.done) return;
      if (next) yield next.value;
    }
  } finally {
    // Sources let go of what they hold; one that keeps us waiting does so when it is heard of again.
    iterator.return?.().catch(() => undefined);
  }
  const stopped = new TokenwardError("RUN_STOPPED", { by: String(signal.reason) });
  yield { coverage: failure(stopped, { source: "tokenward", subject: "the run" }) };
}

/** What a promise gives, or nothing once the run is stopped. Racing one promise of that again and again would keep all that ever came. */
function unlessStopped<Value>(coming: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
