/* Generated from schemas/ by `npm run generate`; never edited by hand. */

/**
 * As a configuration would write it; `instead_of` is what it would be otherwise, under the same profile.
 */
export type Stated = string | number | boolean | string[];
/**
 * What the configuration changes of the built-in numbers, each with the targeted risk analysis that stands beside it. Absent: nothing.
 */
export type Parameters = ParameterChange[];
/**
 * Policies that the configuration switches off: they judged nothing. Absent: none.
 */
export type Disabled = DisabledPolicy[];
/**
 * The id of one token (text), or patterns that all have to match.
 */
export type Token1 =
  | string
  | {
      id?: string;
      kind?: string;
      account?: string;
      name?: string;
    };
export type Source = {
  /**
   * The provider or reader.
   */
  use: "aws" | "exec" | "file" | "github" | "gitlab" | "workflows";
  [k: string]: unknown;
};
/**
 * The id of one token, or patterns that all have to match, in which * stands for any characters.
 */
export type TokenSelector =
  | string
  | {
      id?: string;
      kind?: string;
      account?: string;
      name?: string;
      /**
       * The id or the name of who it acts as.
       */
      principal?: string;
      /**
       * Patterns on the values of labels, by name; a label that is not there matches nothing.
       */
      label?: {
        [k: string]: string;
      };
      /**
       * Every resource that its grants name has to match; a token without grants matches nothing.
       */
      resource?: string;
    };
/**
 * One for each finding; an identity stands once.
 *
 * @maxItems 500000
 */
export type Entries = BaselineEntry[];
/**
 * Rules in the order in which they are tried.
 *
 * @maxItems 10000
 */
export type Rules = OwnerRule[];

/**
 * Every document that crosses a boundary, by name.
 */
export interface Documents {
  token: Token;
  coverage: Coverage;
  inventory: InventoryLine;
  policy: Policy;
  finding: Finding;
  report: Report;
  config: ConfigFile;
  thresholds: Thresholds;
  baseline: BaselineFile;
  diff: Diff;
  waivers: WaiversFile;
  owners: OwnersFile;
  register: RegisterFile;
  terms: Terms;
  evidence: EvidenceManifest;
  audit: AuditRun;
}
/**
 * The metadata of one API token as its provider tells it, never its secret value. A judged field (principal, status, created, rotated, expires, last_used, grants, reach, network, environment, owner) is present, or null (known to be none), or named in `unknown` with the reason. Fields that most sources never tell (reviewed, usage, consumers) may also be absent; policies on them then do not apply.
 */
export interface Token {
  /**
   * `provider/account/kind/native-id`: stable across renames and runs, unique in an inventory. Opaque: read the parts from their own fields.
   */
  id: string;
  /**
   * The system that issued the token, in kebab-case.
   */
  provider: string;
  /**
   * The provider's tenant: organisation, account, project.
   */
  account: string;
  /**
   * The provider's own name for the token type, `provider/kind` in kebab-case.
   */
  kind: string;
  /**
   * For people only, never part of an identity.
   */
  name: string;
  /**
   * Who the token acts as; null: it belongs to nobody.
   */
  principal?: {
    type: "human" | "service" | "app" | "workload";
    id: string;
    name?: string;
    state?: "active" | "suspended" | "deleted";
  } | null;
  /**
   * Who answers for the token, a person or a team, in the source's words; null: nobody is named.
   */
  owner?: string | null;
  /**
   * What the provider says of the token now.
   */
  status?: "active" | "disabled" | "expired" | "revoked" | "pending";
  /**
   * When the token was issued: an RFC 3339 instant in UTC.
   */
  created?: string;
  /**
   * When its secret was last replaced; null: never since it was issued.
   */
  rotated?: string | null;
  /**
   * The first instant at which it no longer works; null: it never ends by itself.
   */
  expires?: string | null;
  /**
   * When it was last seen in use; null: never.
   */
  last_used?: string | null;
  /**
   * How coarse the provider's `last_used` is, in whole seconds: the use happened within this time after it. Absent: exact to the second.
   */
  precision?: number;
  /**
   * The permissions the token holds; an empty list: none.
   *
   * @maxItems 20000
   */
  grants?: Grant[];
  /**
   * How many of the account's resources the grants apply to; null: the kind has no such notion.
   */
  reach?: {
    selection: "all" | "selected" | "single";
    count?: number;
  } | null;
  /**
   * The CIDR blocks it may be used from; null: from anywhere.
   *
   * @maxItems 10000
   */
  network?: string[] | null;
  /**
   * production, staging, development or the source's own word; null: the token belongs to none.
   */
  environment?: string | null;
  /**
   * When somebody last confirmed that the token is still needed with these rights; null: never since it was issued. Absent: the source keeps no reviews.
   */
  reviewed?: string | null;
  /**
   * What the token was seen doing. Absent: the source does not watch use.
   */
  usage?: {
    /**
     * The widest access seen used.
     */
    access: "read" | "write" | "admin";
    /**
     * When watching began.
     */
    since: string;
  };
  /**
   * Who uses the token, as far as it is known; an empty list: nobody was seen. Absent: the source does not tell.
   *
   * @maxItems 1000
   */
  consumers?: {
    /**
     * A person, a running service, or a job of continuous integration.
     */
    type: "human" | "workload" | "ci";
    name: string;
  }[];
  /**
   * Only for the credential that tokenward itself collects with: how its rights compare with the least that collecting takes.
   */
  collector?: {
    /**
     * Scopes it holds and collecting does not take; an empty list: none.
     *
     * @maxItems 20000
     */
    extra: string[];
    /**
     * Scopes that collecting takes; one of them may write where the provider has none that only reads.
     *
     * @maxItems 1000
     */
    least?: string[];
  };
  /**
   * What the provider itself gives to match a token without its secret.
   */
  fingerprint?: {
    suffix?: string;
    key_id?: string;
    sha256?: string;
  };
  /**
   * Where a token declared in a file is declared; lines and columns count from 1.
   */
  location?: {
    /**
     * Path relative to the working directory, with `/`.
     */
    uri: string;
    line: number;
    column: number;
    end_line?: number;
    end_column?: number;
  };
  /**
   * Which call said so, where a person can look, and when it was observed.
   */
  evidence?: {
    api?: string;
    url?: string;
    observed?: string;
  };
  /**
   * The provider's tags.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Only for `github/workflow-token`: how the job came by its permissions.
   */
  workflow?: {
    /**
     * Which level decided: the job, the workflow, the calling job, or the repository's default because none was written.
     */
    permissions_from: "job" | "workflow" | "caller" | "default";
    /**
     * Set where the deciding level is written as one word.
     */
    shorthand?: "read-all" | "write-all";
    /**
     * The repository's default, where the configuration states it.
     */
    default?: "read" | "write";
    triggers: string[];
    /**
     * The reusable workflow the job calls.
     */
    calls?: string;
  };
  /**
   * Judged fields that could not be known, each with its reason: the provider does not tell (not-exposed), refused (denied), the read failed (failed), or nobody asked (not-asked).
   */
  unknown: {
    principal?: "not-exposed" | "denied" | "failed" | "not-asked";
    "principal.state"?: "not-exposed" | "denied" | "failed" | "not-asked";
    owner?: "not-exposed" | "denied" | "failed" | "not-asked";
    status?: "not-exposed" | "denied" | "failed" | "not-asked";
    created?: "not-exposed" | "denied" | "failed" | "not-asked";
    rotated?: "not-exposed" | "denied" | "failed" | "not-asked";
    expires?: "not-exposed" | "denied" | "failed" | "not-asked";
    last_used?: "not-exposed" | "denied" | "failed" | "not-asked";
    grants?: "not-exposed" | "denied" | "failed" | "not-asked";
    reach?: "not-exposed" | "denied" | "failed" | "not-asked";
    network?: "not-exposed" | "denied" | "failed" | "not-asked";
    environment?: "not-exposed" | "denied" | "failed" | "not-asked";
    reviewed?: "not-exposed" | "denied" | "failed" | "not-asked";
    usage?: "not-exposed" | "denied" | "failed" | "not-asked";
    consumers?: "not-exposed" | "denied" | "failed" | "not-asked";
  };
  /**
   * What enrichment derives from the record and the as-of instant; every length is in whole seconds, and absent where there is nothing to measure. Never read from an inventory, always computed.
   */
  facts?: {
    /**
     * The status at the as-of instant: an active token past its `expires` counts as expired. Absent: unknown.
     */
    status?: "active" | "disabled" | "expired" | "revoked" | "pending";
    /**
     * As-of minus `created`.
     */
    age?: number;
    /**
     * The shortest time since the last use that `last_used` and `precision` allow.
     */
    idle?: number;
    /**
     * `expires` minus as-of; negative once expired.
     */
    expires_in?: number;
    /**
     * `expires` minus `created`.
     */
    lifetime?: number;
    /**
     * As-of minus the later of `created` and `rotated`.
     */
    since_rotation?: number;
    /**
     * As-of minus `reviewed`.
     */
    since_review?: number;
    /**
     * As-of minus `usage.since`: for how long use has been watched.
     */
    watched?: number;
    /**
     * Who answers for the token, as far as the configured owners tell more than the source. Absent: nothing.
     */
    owner?: {
      /**
       * The team that answers, or that the named person belongs to.
       */
      team?: string;
      contact?: string;
      /**
       * Whether the owner is a person or a team. Absent: nobody knows.
       */
      type?: "person" | "team";
      /**
       * What the directory says of the owner; of a team: of all its members together. Absent: nothing.
       */
      state?: "active" | "suspended" | "deleted";
      /**
       * Where it says so.
       */
      by: string;
    };
    /**
     * What the directory says of the person that it acts as. Absent: nothing.
     */
    principal?: {
      state: "active" | "suspended" | "deleted";
      /**
       * Where it says so; without a line: the directory is complete, and this person is not in it.
       */
      by: string;
    };
    /**
     * Set where a rule of the configuration has put the token into its environment.
     */
    environment?: {
      /**
       * Where the rule stands.
       */
      by: string;
      /**
       * What the source says instead.
       */
      told?: string;
    };
    /**
     * The tokens of the same provider, account, kind and principal, this one included. Absent: it stands alone, or nobody knows the principal.
     */
    siblings?: {
      /**
       * How many of them are active.
       */
      active: number;
      /**
       * How long this active token has stood beside a newer active one: as-of minus the newest one's `created`. Absent for the newest.
       */
      overlap?: number;
      /**
       * The age of each of them, the youngest first; the first 32.
       *
       * @maxItems 32
       */
      issued: number[];
    };
    /**
     * Where else the same secret stands, by fingerprint. Absent: nowhere, or there is no fingerprint.
     */
    shared_with?: {
      /**
       * The environments it stands in, this token's included, sorted.
       */
      environments: string[];
      /**
       * How many other records have the same fingerprint.
       */
      tokens: number;
    };
    /**
     * What the directory says of who the register names as its owner. Absent: there is no directory, or the register names nobody.
     */
    register_owner?: {
      /**
       * As the register has it.
       */
      name?: string;
      state?: "active" | "suspended" | "deleted";
      /**
       * Where it says so.
       */
      by?: string;
      /**
       * Set where the directory does not say.
       */
      unknown?: {
        [k: string]: string;
      };
    };
    register?: RegisterFacts;
    /**
     * How much all grants together allow, from access, risk and reach. Absent: unknown.
     */
    breadth?: "narrow" | "limited" | "broad" | "full";
    /**
     * The widest access of all grants, by the record or by the provider's scope catalogue. Absent: there are no grants, or that of one is unknown and none is admin.
     */
    access?: "read" | "write" | "admin";
    /**
     * The worst that the scope catalogue says of any grant; a scope that nobody knows counts as high. Absent: there are no grants, or they are unknown.
     */
    risk?: "low" | "medium" | "high" | "critical";
    /**
     * The scopes that allow more than their grant's `access` says, with what they do allow. Absent: none.
     */
    widened?: {
      [k: string]: "read" | "write" | "admin";
    };
    /**
     * The scopes that the provider's catalogue does not list or, without one, whose access is unknown; sorted. Absent: none.
     */
    unknown_scopes?: string[];
    /**
     * The scopes that let their holder raise its own rights; sorted. Absent: none.
     */
    escalating?: string[];
    /**
     * The scopes that let their holder create more tokens or keys; sorted. Absent: none.
     */
    minting?: string[];
    /**
     * What it can do that matters in combination (`secrets-read`, `code-write`), each with the scopes that allow it; sorted. Absent: nothing.
     */
    capabilities?: {
      [k: string]: string[];
    };
  };
}
/**
 * One permission on one resource selection.
 */
export interface Grant {
  /**
   * The catalogue's family of scopes, such as `classic` or `workflow`.
   */
  family: string;
  /**
   * The permission in the provider's own words.
   */
  scope: string;
  access: "read" | "write" | "admin" | "unknown";
  /**
   * What the permission applies to; `*`: everything.
   */
  resource: string;
}
/**
 * What the register says of it. Absent: there is no register.
 */
export interface RegisterFacts {
  /**
   * Whether an entry matches it.
   */
  registered: boolean;
  /**
   * Where the entry that counts stands: `tokens.yaml:12`.
   */
  by?: string;
  owner?: string;
  purpose?: string;
  environment?: string;
  /**
   * Fields of the entry of which somebody still has to decide. Absent: none.
   */
  undecided?: ("owner" | "purpose" | "environment")[];
  /**
   * Entries of the same rank that say something else. Absent: none.
   */
  rivals?: string[];
  /**
   * What it may do or where it stands although the entry says otherwise, in words; sorted. Absent: nothing.
   */
  beyond?: string[];
  /**
   * The longest life that the entry allows.
   */
  max_lifetime?: number;
  /**
   * The longest time between rotations that the entry allows.
   */
  rotate_every?: number;
  /**
   * Where the entry allows more than the policies do, in words. Absent: nowhere.
   */
  looser?: string[];
  /**
   * Only for an entry of the register itself: how many tokens it matches. Absent: nobody knows.
   */
  tokens?: number;
  /**
   * Only for an entry of the register itself: as-of minus the last second of its last day for a review. Absent: it is not overdue.
   */
  review_overdue?: number;
  /**
   * What would have to be known to hold it against the entry, each with the reason. Absent: everything is, or what is known is too much already.
   */
  unknown?: {
    [k: string]: string;
  };
}
/**
 * What a source was asked for and how it answered. Read, empty, denied and failed are four different answers; not-asked and not-exposed say what was left out on purpose and what the provider shows nobody.
 */
export interface Coverage {
  /**
   * The `use` of the source in the configuration.
   */
  source: string;
  account?: string;
  /**
   * What was asked: a file, a listing, a kind.
   */
  subject: string;
  /**
   * denied and failed make the run incomplete, the others do not.
   */
  outcome: "read" | "empty" | "denied" | "failed" | "not-asked" | "not-exposed";
  /**
   * How many tokens it gave.
   */
  items: number;
  /**
   * How many pages of a listing were read.
   */
  pages?: number;
  /**
   * For every outcome but read and empty: why, with the value at fault.
   */
  detail?: string;
  /**
   * What a person can do about it.
   */
  remedy?: string;
  location?: {
    uri: string;
    line: number;
    column: number;
  };
}
/**
 * One line of an inventory (NDJSON): first a header, then tokens and coverage in the order they were read, last an end line with counts and the SHA-256 of every byte before it. A file without its end line was cut off.
 */
export interface InventoryLine {
  header?: InventoryHeader;
  token?: Token;
  coverage?: Coverage;
  end?: InventoryEnd;
}
export interface InventoryHeader {
  schema_version: 1;
  tool: {
    name: string;
    version: string;
  };
  as_of: string;
  /**
   * What was asked, in order.
   */
  sources: {
    use: string;
    account?: string;
    path?: string;
  }[];
}
export interface InventoryEnd {
  tokens: number;
  coverage: number;
  sha256: string;
}
/**
 * What a policy's METADATA block says of it, as the manifest keeps it. A policy without complete metadata fails the build.
 */
export interface Policy {
  /**
   * The slug: file name with `-`; the rule id in every report.
   */
  id: string;
  package: string;
  title: string;
  description: string;
  /**
   * For a token of limited breadth; breadth moves it.
   */
  severity: "low" | "medium" | "high" | "critical";
  category: string;
  /**
   * Record fields without which no verdict is possible; `facts.register`: those that the token's entry in the register limits; `facts.register_owner`: the state of who that entry names.
   */
  needs: (
    | "principal"
    | "principal.state"
    | "owner"
    | "status"
    | "created"
    | "rotated"
    | "expires"
    | "last_used"
    | "grants"
    | "reach"
    | "network"
    | "environment"
    | "reviewed"
    | "usage"
    | "consumers"
    | "facts.register"
    | "facts.register_owner"
  )[];
  /**
   * Which tokens it judges; others are not applicable. A token whose status or principal is unknown is judged.
   */
  applies_to: {
    /**
     * @minItems 1
     */
    kinds?: [string, ...string[]];
    /**
     * @minItems 1
     */
    except_kinds?: [string, ...string[]];
    /**
     * @minItems 1
     */
    statuses?: [
      "active" | "disabled" | "expired" | "revoked" | "pending",
      ...("active" | "disabled" | "expired" | "revoked" | "pending")[]
    ];
    /**
     * Types of principal; a token that belongs to nobody is none of them.
     *
     * @minItems 1
     */
    principals?: ["human" | "service" | "app" | "workload", ...("human" | "service" | "app" | "workload")[]];
    /**
     * What most sources never tell: it judges only tokens that have all of it, or that name a field in `unknown`.
     *
     * @minItems 1
     */
    given?: [
      (
        | "reviewed"
        | "usage"
        | "consumers"
        | "collector"
        | "facts.siblings"
        | "facts.shared_with"
        | "facts.owner.state"
        | "facts.register"
        | "facts.register.by"
        | "facts.register_owner"
      ),
      ...(
        | "reviewed"
        | "usage"
        | "consumers"
        | "collector"
        | "facts.siblings"
        | "facts.shared_with"
        | "facts.owner.state"
        | "facts.register"
        | "facts.register.by"
        | "facts.register_owner"
      )[]
    ];
  };
  /**
   * Policies that tell the same cause more closely: where one of them fails on a token, this one is not applicable to it.
   *
   * @minItems 1
   */
  yields_to?: [string, ...string[]];
  /**
   * The numbers and words a user may change, by name.
   */
  params: {
    [k: string]: Param;
  };
  /**
   * How to print each value the rule yields, by name.
   */
  evidence: {
    [k: string]: "duration" | "instant" | "number" | "text" | "list";
  };
  /**
   * A template over the evidence, `{name}` for each value.
   */
  message: string;
  controls: Controls;
  remediation: Remediation;
  examples?: Examples;
  related_resources: {
    ref: string;
    description?: string;
  }[];
  aliases?: string[];
  deprecated?: string;
}
export interface Param {
  type: "duration" | "integer" | "list";
  /**
   * A duration in whole seconds, an integer, or a list of words.
   */
  default: number | string[];
  /**
   * Which way tightens it; required for numbers.
   */
  stricter?: "lower" | "higher";
  /**
   * true: a fact of the provider, which no profile moves.
   */
  fixed?: boolean;
  /**
   * The fields of a token's entry in the register that tighten it; the first says the same, and must not say more.
   *
   * @minItems 1
   */
  register?: ["max_lifetime" | "rotate_every", ...("max_lifetime" | "rotate_every")[]];
  doc: string;
}
/**
 * Framework id to control ids, each direct or supporting.
 */
export interface Controls {
  [k: string]: {
    [k: string]: "direct" | "supporting";
  };
}
/**
 * What to do, in the imperative: by provider id, and under `any` for every other provider. In METADATA one text alone stands for `any`.
 */
export interface Remediation {
  any: string;
  [k: string]: string;
}
/**
 * Two tokens, one that fails and one that passes, as what differs from a blameless one as of 2030-01-01T00:00:00Z. Every shipped policy has them.
 */
export interface Examples {
  fail: {
    [k: string]: unknown;
  };
  pass: {
    [k: string]: unknown;
  };
}
/**
 * A fail or an unknown worth telling: one policy on one token.
 */
export interface Finding {
  /**
   * 32 hex digits of the SHA-256 over token id, policy and discriminator: the same in every run.
   */
  id: string;
  policy: string;
  verdict: "fail" | "unknown";
  severity: "low" | "medium" | "high" | "critical";
  message: string;
  /**
   * Where one policy can fail twice on one token: which of them.
   */
  discriminator?: string;
  /**
   * The values that decided.
   */
  evidence: {
    [k: string]: unknown;
  };
  /**
   * The parameters they were held against, each with where it came from.
   */
  thresholds: {
    [k: string]: Threshold;
  };
  /**
   * For an unknown verdict: the fields that could not be known, with the reason.
   */
  unknown: {
    [k: string]: string;
  };
  token: FindingToken;
  waived?: AppliedWaiver;
  expired_waiver?: AppliedWaiver;
  baseline?: AppliedBaseline;
  lapsed_baseline?: LapsedBaseline;
  location: FindingLocation;
}
export interface Threshold {
  value: number | string[];
  source: string;
  reason?: string;
  approved_by?: string;
  review_by?: string;
}
export interface FindingToken {
  id: string;
  provider: string;
  account: string;
  kind: string;
  name: string;
  owner?: string;
  principal?: string;
  url?: string;
  breadth?: "narrow" | "limited" | "broad" | "full";
}
/**
 * A waiver: under `waived` the finding is told but does not fail the run; under `expired_waiver` it counts again.
 */
export interface AppliedWaiver {
  /**
   * Where the entry stands.
   */
  by: string;
  reason: string;
  owner: string;
  approver: string;
  /**
   * The last day on which it counts, in UTC.
   */
  expires: string;
}
/**
 * An entry of the baseline: the finding is told but does not fail the run.
 */
export interface AppliedBaseline {
  /**
   * The day on which it was accepted, in UTC.
   */
  accepted: string;
  /**
   * The last day on which it counts, in UTC.
   */
  until?: string;
}
/**
 * An entry of the baseline that covers the finding no longer: it counts again.
 */
export interface LapsedBaseline {
  accepted: string;
  until?: string;
  /**
   * As what it was accepted.
   */
  severity: "unknown" | "low" | "medium" | "high" | "critical";
  /**
   * Its last day is past, or the finding is worse than what was accepted.
   */
  because: "expired" | "worse";
}
/**
 * Where the token is declared (source), else where its entry in the register stands (register), else where its source stands in the configuration (config), else a stable path that is no file (virtual).
 */
export interface FindingLocation {
  via: "source" | "register" | "config" | "virtual";
  uri: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}
/**
 * One run told whole: what was asked and read, every finding, and the decision. Findings are ordered by severity (worst first), policy and token id.
 */
export interface Report {
  schema_version: 1;
  tool: Tool;
  as_of: string;
  /**
   * SHA-256 over the compiled policies, their manifest and their data.
   */
  bundle: string;
  profile: string;
  /**
   * SHA-256 over what the configuration came to: sources, numbers, switches, threshold, and what people have written down: waivers, baseline, register, owners and environments.
   */
  config?: string;
  shard?: Shard;
  parameters?: Parameters;
  disabled?: Disabled;
  /**
   * Every entry of the file of waivers, in its order, with what it did. Absent: there are none.
   */
  waivers?: ToldWaiver[];
  baseline?: ToldBaseline;
  gate: Decision;
  summary: Summary;
  coverage: Coverage[];
  /**
   * Every policy that judged, also those without findings.
   */
  policies: JudgedPolicy[];
  findings: Finding[];
}
export interface Tool {
  name: string;
  version: string;
}
/**
 * Which part of a split run this is, counted from 1; absent: the whole run.
 */
export interface Shard {
  index: number;
  of: number;
}
export interface ParameterChange {
  policy: string;
  /**
   * The kind that it is stated for; absent: any.
   */
  kind?: string;
  /**
   * The parameter, or `applies`.
   */
  name: string;
  value: Stated;
  instead_of?: Stated;
  /**
   * Where the configuration says so.
   */
  source: string;
  reason?: string;
  approved_by?: string;
  review_by?: string;
  /**
   * The day of review is past, as of this run.
   */
  overdue?: true;
}
export interface DisabledPolicy {
  id: string;
  title: string;
  controls: Controls;
}
export interface ToldWaiver {
  /**
   * Where the entry stands.
   */
  by: string;
  token: Token1;
  policies: string[];
  discriminator?: string;
  reason: string;
  owner: string;
  approver: string;
  /**
   * The last day on which it counts, in UTC.
   */
  expires: string;
  /**
   * Its last day is past, as of this run.
   */
  expired?: true;
  /**
   * How many findings it covers, or would if it had not expired; 0: it is not used.
   */
  findings: number;
}
/**
 * What became of the entries of the baseline. Absent: there is none.
 */
export interface ToldBaseline {
  file: string;
  /**
   * For how many days an entry counts.
   */
  max_age?: number;
  /**
   * How many it has; the numbers below add up to it.
   */
  entries: number;
  /**
   * Entries that cover a finding.
   */
  findings: number;
  /**
   * Entries whose finding counts all the same: they have come to their end, or it got worse.
   */
  lapsed: number;
  /**
   * Entries whose finding a waiver covers, which goes before them.
   */
  waived: number;
  /**
   * Entries of which this run cannot tell: their source was not fully read, or their policy is off.
   */
  unjudged: number;
  /**
   * Entries whose finding is gone, in the file's order.
   */
  stale: BaselineEntry[];
}
/**
 * One finding, by what its id is made of.
 */
export interface BaselineEntry {
  /**
   * The token's id, which begins with its provider and account.
   */
  token: string;
  policy: string;
  /**
   * Where the policy can fail twice on one token: which of them.
   */
  discriminator?: string;
  /**
   * As what it was accepted: a failure of this severity or less, or an unknown verdict. Worse than that, the finding counts again.
   */
  severity: "unknown" | "low" | "medium" | "high" | "critical";
  /**
   * The day on which it was first accepted, in UTC.
   */
  accepted: string;
  /**
   * The last day on which it counts, in UTC.
   */
  until?: string;
}
export interface Decision {
  fail_on: "low" | "medium" | "high" | "critical" | "never";
  exit_code: 0 | 1 | 3;
  /**
   * A source could not be fully read, or nothing at all was collected.
   */
  incomplete: boolean;
  allow_incomplete: boolean;
  /**
   * Findings that fail at or above the threshold, without those that are waived or in the baseline.
   */
  at_threshold: number;
}
export interface Summary {
  tokens: number;
  verdicts: Tally;
  /**
   * Failed findings by severity, without those that are waived or in the baseline.
   */
  severities: {
    critical: number;
    high: number;
    medium: number;
    low: number;
  };
  waived?: Accepted;
  baseline?: Accepted;
  /**
   * Coverage events by outcome.
   */
  coverage: {
    read: number;
    empty: number;
    denied: number;
    failed: number;
    "not-asked"?: number;
    "not-exposed"?: number;
  };
  shape?: Shape;
}
/**
 * Verdicts counted: one for each policy on each token.
 */
export interface Tally {
  pass: number;
  fail: number;
  unknown: number;
  not_applicable: number;
}
/**
 * Findings that do not fail the run, as a waiver or the baseline covers them: failed ones by severity, and unknown verdicts. Absent: none.
 */
export interface Accepted {
  critical: number;
  high: number;
  medium: number;
  low: number;
  unknown: number;
}
/**
 * All judged tokens counted into bands, those without findings too; a band is named by its last day (`90d`), and one without tokens is left out. Absent: written before reports told this.
 */
export interface Shape {
  /**
   * By breadth, and in each by the time from issue to expiry; `expiries` is by the time left, week by week for twelve weeks, `ages` by the time since issue.
   */
  lifetimes: {
    [k: string]: Bands;
  };
  expiries: Bands;
  ages: Bands;
}
export interface Bands {
  [k: string]: number;
}
export interface JudgedPolicy {
  policy: Policy;
  verdicts: Tally;
}
/**
 * tokenward.yaml: what to read, by which numbers to judge it, and what fails the run.
 */
export interface ConfigFile {
  /**
   * The format of this file.
   */
  version: 1;
  /**
   * The set of numbers to start from.
   */
  profile?: "strict" | "default" | "relaxed" | "precision";
  /**
   * What to read tokens from. Default: the workflows of this repository.
   */
  sources?: Source[];
  /**
   * Numbers that replace the profile's, by policy.
   */
  parameters?: {
    [k: string]: Setting;
  };
  /**
   * Numbers for one kind of token only, by kind and policy.
   */
  kinds?: {
    [k: string]: {
      [k: string]: Setting;
    };
  };
  /**
   * Which policies judge, and how seriously.
   */
  policies?: {
    /**
     * Policies that do not judge.
     */
    disable?: string[];
    /**
     * A policy's severity for a token of limited breadth; breadth still moves it.
     */
    severity?: {
      [k: string]: "low" | "medium" | "high" | "critical";
    };
    /**
     * Folders with policies of your own.
     */
    paths?: string[];
  };
  /**
   * The register of tokens, a file or a folder of *.yaml and *.yml files, relative to this file.
   */
  register?: string;
  /**
   * The file of waivers, relative to this one.
   */
  waivers?: string;
  /**
   * The file of findings accepted as known, relative to this one.
   */
  baseline?: string;
  /**
   * For how long an entry of the baseline counts, in whole days, such as 90d. Default: for good.
   */
  baseline_max_age?: string;
  /**
   * Who answers for tokens whose source does not say it, and whether people are still there.
   */
  owners?: {
    /**
     * A CODEOWNERS file, relative to this file: who owns tokens that are declared in a file.
     */
    codeowners?: string;
    /**
     * Rules that name the team of tokens, or a file of them, relative to this one.
     *
     * @maxItems 10000
     */
    mapping?: string | OwnerRule[];
    /**
     * An export of people with their state and team, CSV or JSON, relative to this file.
     */
    directory?: string;
    /**
     * The directory names everybody, so who is not in it is gone; default false: unknown.
     */
    complete?: boolean;
    /**
     * What words of the directory's state column mean that are not understood by themselves.
     */
    states?: {
      [k: string]: "active" | "suspended" | "gone" | "unknown";
    };
  };
  /**
   * Which environment tokens belong to whose source does not say it; the first rule that fits a token wins.
   *
   * @maxItems 10000
   */
  environments?: EnvironmentRule[];
  /**
   * The lowest severity that fails the run.
   */
  fail_on?: "low" | "medium" | "high" | "critical" | "never";
  /**
   * Do not fail a run only because something could not be read.
   */
  allow_incomplete?: boolean;
}
/**
 * Parameters of one policy, by name, with the reason for the change beside them.
 */
export interface Setting {
  /**
   * false: the policy does not judge these tokens.
   */
  applies?: boolean;
  reason?: string;
  approved_by?: string;
  review_by?: string;
  /**
   * A duration (90d, 8h, P90D), a whole number, or a list of words.
   */
  [k: string]: string | number | string[] | boolean | undefined;
}
export interface OwnerRule {
  token: TokenSelector;
  /**
   * Who answers for it.
   */
  team: string;
  /**
   * How to reach them.
   */
  contact?: string;
}
export interface EnvironmentRule {
  token: TokenSelector;
  /**
   * Where it belongs.
   */
  environment: string;
  /**
   * Also where the source says otherwise; default false.
   */
  override?: boolean;
}
/**
 * The numbers that differ by kind of token, each with its source, and the profiles that move them. The numbers for any other kind stand in the policies themselves.
 */
export interface Thresholds {
  /**
   * By kind and policy.
   */
  kinds: {
    [k: string]: {
      [k: string]: KindSetting;
    };
  };
  profiles: {
    strict: Profile;
    default: Profile;
    relaxed: Profile;
    precision: Profile;
  };
}
export interface KindSetting {
  /**
   * false: the policy does not judge this kind.
   */
  applies?: boolean;
  /**
   * Where the number comes from; `judgement` where it is ours.
   */
  source: string;
  [k: string]: string | number | string[] | boolean | undefined;
}
/**
 * How a profile moves the built-in numbers; it never changes which policies judge.
 */
export interface Profile {
  description: string;
  /**
   * Every duration whose parameter says `stricter: lower` is multiplied by this and rounded down to whole seconds.
   */
  scale?: number;
  at_least?: Limits;
  /**
   * Numbers shorter than this are short by nature and stay.
   */
  at_least_from?: string;
  at_most?: Limits1;
}
/**
 * Durations below this are raised to it, unless the number is shorter than `at_least_from`.
 */
export interface Limits {
  [k: string]: {
    [k: string]: string;
  };
}
/**
 * Durations above this are lowered to it.
 */
export interface Limits1 {
  [k: string]: {
    [k: string]: string;
  };
}
/**
 * baseline.json: findings that were there when a team began to look, and were accepted as known. One entry a line, ordered by token, policy and discriminator.
 */
export interface BaselineFile {
  /**
   * The format of this file.
   */
  version: 1;
  entries: Entries;
}
/**
 * What is different between two inventories (`tokens`) or two reports (`findings`).
 */
export interface Diff {
  schema_version: 1;
  tool: {
    name: string;
    version: string;
  };
  old: DiffSide;
  new: DiffSide;
  /**
   * Something that is in one of the two only need not have come or gone: its source could not be read on the other side.
   */
  incomplete: boolean;
  /**
   * Why even what does not differ need not be the whole truth: what a side could not read, or other policies and numbers. Absent or empty: nothing of the kind.
   */
  doubts?: string[];
  summary: Summary1;
  /**
   * Tokens that differ, by id.
   */
  tokens?: TokenChange[];
  /**
   * Findings that differ, by token and policy.
   */
  findings?: FindingChange[];
}
export interface DiffSide {
  file: string;
  /**
   * As of when it was collected or judged, where it says so.
   */
  as_of?: string;
}
/**
 * How many of each change; one token may have several. `unchanged` are those of which everything is known on both sides, `uncertain` those that are unchanged as far as is known.
 */
export interface Summary1 {
  [k: string]: number;
}
export interface TokenChange {
  id: string;
  kind: string;
  name: string;
  owner?: string;
  changes: ("appeared" | "vanished" | "rotated" | "widened" | "narrowed" | "changed" | "unknown")[];
  /**
   * The token that it follows: the same principal, kind, name and scopes, issued before.
   */
  replaces?: string;
  details: DiffDetail[];
}
export interface DiffDetail {
  aspect:
    | "grants"
    | "reach"
    | "network"
    | "expires"
    | "status"
    | "owner"
    | "principal"
    | "environment"
    | "name"
    | "rotated"
    | "presence";
  effect: "wider" | "narrower" | "changed" | "unknown";
  says: string;
}
export interface FindingChange {
  id: string;
  policy: string;
  token: string;
  name: string;
  severity?: "unknown" | "low" | "medium" | "high" | "critical";
  change: "new" | "resolved" | "worse" | "better" | "returned" | "accepted" | "changed" | "unknown";
  says: string;
}
/**
 * waivers.yaml: findings that somebody answers for, each with a reason and a last day.
 */
export interface WaiversFile {
  /**
   * The format of this file.
   */
  version: 1;
  /**
   * Exceptions, in the order in which they are tried.
   *
   * @maxItems 10000
   */
  waivers: WaiverEntry[];
}
export interface WaiverEntry {
  /**
   * The id of one token, or patterns that all have to match, in which * stands for any characters.
   */
  token:
    | string
    | {
        id?: string;
        kind?: string;
        account?: string;
        name?: string;
      };
  /**
   * The policy, or a list of them, whose findings are waived.
   *
   * @minItems 1
   */
  policy: string | [string, ...string[]];
  /**
   * Where the policy can fail twice on one token: which of them. Absent: all.
   */
  discriminator?: string;
  /**
   * Why the finding may stand.
   */
  reason: string;
  /**
   * Who answers for it.
   */
  owner: string;
  /**
   * Who agreed.
   */
  approver: string;
  /**
   * The last day on which it counts, in UTC; at most 365 days ahead of the run.
   */
  expires: string;
}
/**
 * owners.yaml: which team answers for which tokens; the first rule that fits a token wins.
 */
export interface OwnersFile {
  /**
   * The format of this file.
   */
  version: 1;
  owners: Rules;
}
/**
 * tokens.yaml, or one file of a folder of them: what each token is for and what it may do, as its owners have written it down.
 */
export interface RegisterFile {
  /**
   * The format of this file.
   */
  version: 1;
  /**
   * One entry for a token or a pattern of tokens.
   *
   * @maxItems 100000
   */
  tokens: RegisterEntry[];
}
export interface RegisterEntry {
  /**
   * The id of one token, or patterns that all have to match, in which * stands for any characters.
   */
  token:
    | string
    | {
        id?: string;
        kind?: string;
        account?: string;
        name?: string;
        principal?: string;
      };
  /**
   * The team or person that answers for it; `TODO`: somebody has to decide.
   */
  owner: string;
  /**
   * How to reach the owner.
   */
  contact?: string;
  /**
   * What it is for; `TODO`: somebody has to decide.
   */
  purpose: string;
  /**
   * Where it belongs.
   */
  environment?: string;
  /**
   * What it may do: the provider's own scopes, in which * stands for any characters, or read, write or admin for every scope of such access. An empty list: nothing. Absent: not limited.
   *
   * @maxItems 20000
   */
  scopes?: string[];
  /**
   * What it may be used on, in the provider's words, in which * stands for any characters. Absent: not limited.
   *
   * @maxItems 20000
   */
  resources?: string[];
  /**
   * CIDR blocks from which it may be used. Absent: not limited.
   *
   * @maxItems 10000
   */
  network?: string[];
  /**
   * The longest it may live from issue to expiry: 90d, 8h or P90D.
   */
  max_lifetime?: string;
  /**
   * How often its secret has to be replaced: 90d, 8h or P90D.
   */
  rotate_every?: string;
  /**
   * Where it is used.
   *
   * @maxItems 1000
   */
  consumers?: string[];
  /**
   * The last day, in UTC, by which somebody has to confirm the entry.
   */
  review_by?: string;
  labels?: {
    [k: string]: string;
  };
}
/**
 * What a run is judged by, settled before anything is read: with the policies and the inventory it gives the same report again.
 */
export interface Terms {
  /**
   * What the report says of the run beside its outcome.
   */
  run: {
    tool: Tool;
    as_of: string;
    /**
     * SHA-256 over the compiled policies, their manifest and their data.
     */
    bundle: string;
    /**
     * SHA-256 over what the configuration came to: sources, numbers, switches, threshold, and what people have written down: waivers, baseline, register, owners and environments.
     */
    config?: string;
    profile: string;
    shard?: Shard;
    parameters?: Parameters;
    disabled?: Disabled;
  };
  fail_on: "low" | "medium" | "high" | "critical" | "never";
  allow_incomplete: boolean;
  /**
   * Every number in force, what is switched off, and severities that differ.
   */
  rules: {
    profile: string;
    parameters: {
      any: Policies;
      kinds: {
        [k: string]: Policies;
      };
      exempt: {
        [k: string]: {
          [k: string]: {
            source: string;
            reason?: string;
            approved_by?: string;
            review_by?: string;
          };
        };
      };
    };
    disabled: string[];
    severity: {
      [k: string]: "low" | "medium" | "high" | "critical";
    };
  };
  /**
   * The policies that did not come with tokenward.
   */
  own: string[];
  waivers?: {
    by: string;
    token: Token1;
    policies: string[];
    discriminator?: string;
    reason: string;
    owner: string;
    approver: string;
    expires: string;
  }[];
  /**
   * Findings accepted as known.
   */
  baseline?: {
    file: string;
    /**
     * Days that an entry counts.
     */
    max_age?: number;
    entries: Entries;
  };
  /**
   * What people have written down about tokens beside the records.
   */
  intent?: {
    [k: string]: unknown;
  };
}
export interface Policies {
  [k: string]: {
    [k: string]: {
      value: string | number | boolean | string[];
      source: string;
      reason?: string;
      approved_by?: string;
      review_by?: string;
    };
  };
}
/**
 * manifest.json of an evidence pack: which run it is of, what came out, and every other file with its size and SHA-256.
 */
export interface EvidenceManifest {
  schema_version: 1;
  tool: Tool;
  /**
   * The version of Node that the run had.
   */
  node: string;
  as_of: string;
  /**
   * SHA-256 over the compiled policies, their manifest and their data.
   */
  bundle: string;
  outcome: EvidenceOutcome;
  signature?: EvidenceSignature;
  /**
   * In the order of their paths; all but manifest.json, SHA256SUMS and manifest.sig.
   *
   * @maxItems 10000
   */
  files: EvidenceFile[];
}
/**
 * How the run ended, as the report has it.
 */
export interface EvidenceOutcome {
  gate: Decision;
  summary: Summary;
}
/**
 * Who signed this file: manifest.sig is the signature. Absent: nobody.
 */
export interface EvidenceSignature {
  algorithm: "Ed25519";
  /**
   * SPKI in DER, as Base64.
   */
  public_key: string;
}
export interface EvidenceFile {
  /**
   * Below the folder of the pack, with `/`.
   */
  path: string;
  /**
   * In bytes.
   */
  size: number;
  sha256: string;
  /**
   * What it is a copy of, as the working directory saw it.
   */
  from?: string;
  /**
   * Something in it looked like a secret and is not in the copy.
   */
  masked?: true;
}
/**
 * run.json of one audit: how it ended, what is in its folder, and what changed against the audit before.
 */
export interface AuditRun {
  schema_version: 1;
  /**
   * Its name: the run's instant in UTC.
   */
  folder: string;
  tool: Tool;
  as_of: string;
  outcome: EvidenceOutcome;
  /**
   * The reports beside it, in the order that they were asked for.
   *
   * @maxItems 100
   */
  reports: AuditReport[];
  changes: AuditChanges;
}
export interface AuditReport {
  format: string;
  file: string;
}
/**
 * Against the audit before, as `diff` tells it. Without `findings` and `tokens` nothing was compared.
 */
export interface AuditChanges {
  /**
   * The folder of the audit before. Absent: there is none, or it could not be compared with.
   */
  since?: string;
  /**
   * Why nothing was compared.
   */
  reason?: string;
  /**
   * Why what differs, or does not, need not be the whole truth. Absent or empty: it is.
   */
  doubts?: string[];
  findings?: AuditFindings;
  tokens?: AuditTokens;
}
export interface AuditFindings {
  summary: Summary1;
  /**
   * The first thousand of each change.
   *
   * @maxItems 8000
   */
  changes?: FindingChange[];
}
export interface AuditTokens {
  summary: Summary1;
  /**
   * The first thousand of each change, each token by its most urgent one.
   *
   * @maxItems 7000
   */
  changes?: TokenChange[];
}
