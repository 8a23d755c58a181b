import type { Result } from "../model/flow.ts";
import type { Grouping } from "./grouping.ts";

/** How the reader's screen is; files get no colour and 100 columns. */
export interface RenderOptions {
  colour: boolean;
  columns: number;
  /** For ears and for screens without columns: sentences, each on a line, and nothing that is told by its place or colour. */
  plain?: boolean;
  /** What pages for people group failures by; absent: policy. */
  groupBy?: Grouping;
  sarifCategory?: string;
  /** Also what is waived or in the baseline, as suppressed results. */
  sarifIncludeSuppressed?: boolean;
}

/** A result in, pieces of text out; the same result gives the same bytes. */
export type Render = (result: Result, options: RenderOptions) => AsyncIterable<string>;

/** What a format is called, and the file its name belongs on. */
export interface Format {
  id: string;
  title: string;
  extension: string;
  /** Lines for a job's log, and none where nothing is wrong: how the run went has to be said beside them. */
  isAnnotation?: boolean;
}

/** A format, ready to write. */
export interface Reporter extends Format {
  render: Render;
}
