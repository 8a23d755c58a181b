import type { EnvironmentRule, OwnerRule, RegisterEntry } from "./documents.gen.ts";

/** What people have written down about tokens beside the records, as every thread gets it: plain data only. */
export interface Intent {
  /** In the order of the files and of the entries in them. */
  register?: readonly Registered[];
  owners?: Owners;
  /** In the order in which they are tried. */
  environments?: readonly Placed<EnvironmentRule>[];
}

/** An entry of the register, and where it stands: `tokens.yaml:12`. */
export type Registered = Placed<RegisterEntry>;

/** What somebody wrote, and where it stands. */
export type Placed<Entry> = Entry & { by: string };

/** Who answers for tokens, and who is still there. */
export interface Owners {
  /** In the order in which they are tried. */
  mapping?: readonly Placed<OwnerRule>[];
  codeowners?: Codeowners;
  directory?: Directory;
}

export interface Codeowners {
  uri: string;
  /** The repository's root as the working directory sees it, and the other way round. */
  root: string;
  here: string;
  /** GitLab looks for a path that does not begin with `/` in every folder; GitHub only for one that is a single name. */
  isAnywhere: boolean;
  /** The last that fits wins; without an owner: nobody. */
  rules: readonly { pattern: string; owner?: string; line: number }[];
}

/** People, as an export of a directory names them. */
export interface Directory {
  uri: string;
  /** Who is not in it is gone. */
  isComplete: boolean;
  people: readonly Person[];
}

export interface Person {
  line: number;
  id?: string;
  login?: string;
  email?: string;
  name?: string;
  team?: string;
  /** Absent: unknown. */
  state?: PersonState;
}

export type PersonState = "active" | "suspended" | "deleted";
