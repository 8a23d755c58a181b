/** The kinds, by what GitLab calls them. */
export const KINDS = {
  personal: "gitlab/personal-access-token",
  impersonation: "gitlab/impersonation-token",
  project: "gitlab/project-access-token",
  group: "gitlab/group-access-token",
  service: "gitlab/service-account-token",
  deployToken: "gitlab/deploy-token",
  deployKey: "gitlab/deploy-key",
  trigger: "gitlab/trigger-token",
  runner: "gitlab/runner-authentication-token",
  agent: "gitlab/cluster-agent-token",
  job: "gitlab/ci-job-token",
} as const;

/** Kinds that are rows of one table in GitLab, with one sequence of ids. */
export type AccessTokenKind = "personal" | "impersonation" | "project" | "group" | "service";
