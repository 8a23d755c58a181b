import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { gap } from "../gap.ts";
import { authorizations } from "./authorizations.ts";
import type { Estate } from "./estate.ts";
import { familyOf, OF_REPOSITORIES } from "./families.ts";
import { installations, ownInstallation } from "./installations.ts";
import { organizationSecrets, STORES } from "./organization-secrets.ts";
import { personalTokens } from "./personal-tokens.ts";
import { repositories } from "./repositories.ts";
import { type Choice, organizationDefault } from "./workflow-defaults.ts";

/** Everything that one organisation shows, the cheap lists first. */
export async function* organization(estate: Estate): AsyncIterable<Collected> {
  const { asks, repositories: hasRepositories } = estate.selection;
  yield* ofMembers(estate);
  yield* asks("installations") ? installations(estate) : ownInstallation(estate);
  for (const store of STORES) if (asks(store.id)) yield* organizationSecrets(estate, store);
  const choice: Choice = asks("workflow-defaults") ? yield* organizationDefault(estate) : { isOpen: false };
  if (hasRepositories) yield* repositories(estate, choice);
  const isPartial = estate.holder.installation?.selection === "selected";
  if (hasRepositories && isPartial) yield { coverage: onlySelected(estate) };
}

async function* ofMembers(estate: Estate): AsyncIterable<Collected> {
  const { asks } = estate.selection;
  for (const id of ["fine-grained-pats", "pat-requests"] as const) if (asks(id)) yield* onlyForApps(estate, id);
  if (asks("credential-authorizations")) yield* authorizations(estate);
}

/** GitHub refuses these lists to every token of a user: asking would bring nothing. */
async function* onlyForApps(estate: Estate, id: "fine-grained-pats" | "pat-requests"): AsyncIterable<Collected> {
  const { holder, account } = estate;
  if (holder.type === "app" || holder.type === "app-user") {
    yield* personalTokens(estate, id);
    return;
  }
  const family = familyOf(id);
  const detail = `GitHub lists ${family.title} to apps alone, and the credential is the token of a user`;
  const remedy = `collect as a GitHub App, or leave them out with skip: [${id}]`;
  const asked = { source: "github", account, subject: family.title };
  yield { coverage: gap(asked, { outcome: "denied", detail, remedy }) };
}

/** What the source leaves out, one line each. */
export function* leftOut({ selection, account, hosts }: Estate): Iterable<{ coverage: Coverage }> {
  const line = (subject: string, detail: string, remedy: string): { coverage: Coverage } => ({
    coverage: { source: "github", account, subject, outcome: "not-asked", items: 0, detail, remedy },
  });
  for (const id of selection.left) {
    const { title, isExtra } = familyOf(id);
    if (!isExtra) yield line(title, `the source skips ${id}`, `take ${id} out of skip`);
    else if (hosts.isServer) yield line(title, "asked only on request", `add include: [${id}] to the source`);
  }
  const isSkipped = !selection.repositories && OF_REPOSITORIES.some(selection.asks);
  if (isSkipped)
    yield line("what hangs on repositories", "the source skips repositories", "take repositories out of skip");
}

/** An app that sees some repositories gets a list of those, as if there were no others. */
function onlySelected({ account }: Estate): Coverage {
  const detail = "the app is installed on selected repositories and sees no others";
  const remedy = "install it on all repositories, or leave repositories out with skip: [repositories]";
  const asked = { source: "github", account, subject: "repositories that the app may not see" };
  return gap(asked, { outcome: "denied", detail, remedy });
}
