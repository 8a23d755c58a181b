import { TokenwardError } from "../model/errors.ts";
import { checkoutAbove, gitConfigOf, headOf, hostIn, originIn, repositoryIn } from "../model/git.ts";
import { shown } from "../model/shown.ts";

/** What results are about, in code scanning's words. */
export interface Place {
  /** `owner/name`. */
  repository: string;
  /** `refs/heads/main`, `refs/pull/7/merge`. */
  ref: string;
  commit: string;
  /** Of the server, as it was stated. */
  api: string;
}

export interface Wish {
  repository?: string;
  ref?: string;
  commit?: string;
  baseUrl?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As wished, else as GitHub Actions says, else as the checkout says that `cwd` belongs to. */
export function placeFor(wish: Wish, { env, cwd }: { env: Environment; cwd: string }): Place {
  const root = checkoutAbove(cwd);
  const origin = root === undefined ? undefined : originIn(gitConfigOf(root));
  return {
    repository: repositoryFor(wish, env, origin),
    ...revisionFor(wish, env, root),
    api: wish.baseUrl ?? (env.GITHUB_API_URL || apiOf(wish, env, origin)),
  };
}

const CLOUD = "https://api.github.com";
const REPOSITORY = /^(?!\.{1,2}\/)[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;
const REF = /^refs\/(?:heads|tags|pull)\/[^\p{Cc}\s~^:?*[\\]+$/u;
const COMMIT = /^[0-9a-f]{40}$/i;

function repositoryFor({ repository }: Wish, env: Environment, origin: string | undefined): string {
  const stated = repository ?? (env.GITHUB_REPOSITORY || undefined);
  if (stated !== undefined) return valid(stated, REPOSITORY, "the repository", "it as OWNER/NAME, such as acme/shop");
  const found = repositoryIn(origin ?? "");
  if (found !== undefined) return found;
  const tried = "GITHUB_REPOSITORY is not set, and no remote origin here names one";
  throw new TokenwardError("UPLOAD_PLACE_UNKNOWN", { what: "which repository", tried });
}

function revisionFor({ ref, commit }: Wish, env: Environment, root: string | undefined): Pick<Place, "ref" | "commit"> {
  if (ref !== undefined || commit !== undefined)
    return revision(ref, commit, "--ref and --commit name only one of the two");
  const head = root === undefined ? {} : headOf(root);
  const { GITHUB_REF: stated, GITHUB_SHA: sha } = env;
  if (!stated || !sha) {
    const tried = "GITHUB_REF and GITHUB_SHA are not set, and no branch with a commit is checked out here";
    return revision(head.ref, head.commit, tried);
  }
  if (head.commit === undefined || head.commit === sha) return revision(stated, sha, "");
  const pull = /^refs\/pull\/(\d+)\/merge$/.exec(stated)?.[1];
  // A job may check out the head of a pull request instead of its merge with the base.
  if (pull !== undefined) return revision(`refs/pull/${pull}/head`, head.commit, "");
  throw new TokenwardError("UPLOAD_PLACE_UNCLEAR", { stated: shown(sha), found: shown(head.commit) });
}

function revision(ref: string | undefined, commit: string | undefined, tried: string): Pick<Place, "ref" | "commit"> {
  if (ref === undefined || commit === undefined) {
    throw new TokenwardError("UPLOAD_PLACE_UNKNOWN", { what: "which ref and commit", tried });
  }
  return {
    ref: valid(ref, REF, "the ref", "it in full, such as refs/heads/main or refs/pull/7/merge"),
    commit: valid(commit, COMMIT, "the commit", "all 40 hexadecimal digits of it").toLowerCase(),
  };
}

/** A checkout may name any host as its origin: only the one that is surely GitHub's gets a credential unasked. */
function apiOf({ repository }: Wish, env: Environment, origin: string | undefined): string {
  const host = repository || env.GITHUB_REPOSITORY ? undefined : hostIn(origin ?? "");
  if (host === undefined || host === "github.com" || host === "ssh.github.com") return CLOUD;
  throw new TokenwardError("UPLOAD_HOST_UNKNOWN", { host: shown(host) });
}

function valid(value: string, pattern: RegExp, what: string, form: string): string {
  if (pattern.test(value) && !value.includes("..")) return value;
  throw new TokenwardError("UPLOAD_PLACE_INVALID", { what, value: shown(value), form });
}
