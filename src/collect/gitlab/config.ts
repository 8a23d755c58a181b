import type { Credential } from "../credential.ts";

/** `schemas/sources/gitlab.json`. */
export interface GitlabConfig {
  use: "gitlab";
  credential: Credential;
  base_url?: string;
  group?: string | number | (string | number)[];
  instance?: boolean;
  archived?: boolean;
}

export const ID = "gitlab";
