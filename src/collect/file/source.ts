/** As `schemas/sources/file.json` has it. */
export interface FileSource {
  use: "file";
  path: string;
  format?: Format;
}

export type Format = "ndjson" | "json" | "yaml" | "csv";
