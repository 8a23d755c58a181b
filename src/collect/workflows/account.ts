import { gitConfigOf, originIn, repositoryIn } from "../../model/git.ts";

const LONGEST_ACCOUNT = 512;

/** The repository as `owner/name`: as configured, as GitHub Actions says, or as the remote `origin` says; else `local`. */
export function accountOf(
  configured: string | undefined,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const stated = [configured, env.GITHUB_REPOSITORY].find((name) => name && name.length <= LONGEST_ACCOUNT);
  return stated ?? repositoryIn(originIn(gitConfigOf(root)) ?? "") ?? "local";
}
