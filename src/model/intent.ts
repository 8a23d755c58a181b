import type { RegisterEntry } from "./documents.gen.ts";

/** What people have written down about tokens beside the records, as every thread gets it: plain data only. */
export interface Intent {
  /** In the order of the files and of the entries in them. */
  register?: readonly Registered[];
}

/** An entry of the register, and where it stands: `tokens.yaml:12`. */
export type Registered = RegisterEntry & { by: string };
