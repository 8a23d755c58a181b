import type { Presented } from "./access.ts";

/** `schemas/sources/github.json`. */
export type GitHubConfig = {
  use: "github";
  organization?: string | string[];
  enterprise?: string;
  base_url?: string;
  include?: string[];
  skip?: string[];
} & Presented;
