import type { Result } from "../model/flow.ts";

/** How the reader's screen is; files get no colour and 100 columns. */
export interface RenderOptions {
  colour: boolean;
  columns: number;
  sarifCategory?: string;
}

/** A format: a result in, pieces of text out; the same result gives the same bytes. */
export interface Reporter {
  id: string;
  title: string;
  extension: string;
  render(result: Result, options: RenderOptions): AsyncIterable<string>;
}
