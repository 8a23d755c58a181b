import type { Result } from "../model/flow.ts";

/** How the reader's screen is; files get no colour and 100 columns. */
export interface RenderOptions {
  colour: boolean;
  columns: number;
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
}

/** A format, ready to write. */
export interface Reporter extends Format {
  render: Render;
}
