import type { Provider } from "../provider.ts";
import { check } from "./check.ts";
import { collect } from "./collect.ts";
import type { GitHubConfig } from "./config.ts";
import { leastRights, selectionOf } from "./families.ts";
import { fields } from "./fields.ts";

const everything = leastRights(selectionOf({}));

/** The tokens of GitHub organisations, on github.com, on Enterprise Cloud with its own domain and on Enterprise Server. */
export const github = {
  id: "github",
  title: "GitHub organisations",
  kinds: Object.keys(fields),
  rights:
    "a GitHub App of the organisation with read permissions alone, installed on all repositories; a classic token of an owner sees no fine-grained tokens",
  grant: {
    "permissions of a GitHub App": everything.permissions.map((one) => one.replace(":", ": ")).join("\n"),
    "scopes of a classic token": everything.scopes.join("\n"),
  },
  hidden: [
    { subject: "classic tokens outside single sign-on", why: "GitHub lists them to nobody but their users" },
    { subject: "grants of OAuth apps", why: "only the app itself can ask about a token, by its value" },
    { subject: "private keys and client secrets of apps", why: "GitHub lists them on the app's own page alone" },
    {
      subject: "installation tokens and registration tokens of runners",
      why: "they last an hour and are listed nowhere",
    },
    { subject: "the organisation's policy on personal access tokens", why: "no API tells it" },
  ],
  fields,
  collect,
  check,
} as const satisfies Provider<GitHubConfig>;
