import type { Refused } from "../../net/http.ts";

/** A refusal on its way through the SDK, which does not look into it: nothing is retried there. */
export class RefusedByAws extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.detail);
    this.name = "RefusedByAws";
    this.refused = refused;
  }
}

/** An answer that came, and is not what it should be. */
export class UnreadableAnswer extends Error {}
