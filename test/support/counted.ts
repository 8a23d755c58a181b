import type { Estate } from "./faults.ts";

/** An estate, and the fewest requests that its provider's endpoints allow for all that is in it. */
export interface Counted {
  of: string;
  fewest: number;
  open: () => Estate | Promise<Estate>;
}
