import { Command } from "commander";
import type { About } from "../collect/about.ts";
import { TokenwardError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { aligned } from "./layout.ts";
import { withFormat } from "./options.ts";
import { providerPage } from "./provider-page.ts";
import { columns, write } from "./terminal.ts";

interface Options {
  format: "table" | "json";
}

export function providersCommand(): Command {
  const command = new Command("providers").description(
    "list what tokens can be read from, or show what one takes, needs and can never show",
  );
  const list = new Command("list").description("every provider, a line each").action(listProviders);
  const show = new Command("show")
    .description("a provider's configuration keys, least rights, what is known of each kind, and what it never shows")
    .argument("<id>", "the provider, as `use` names it in tokenward.yaml")
    .action(showProvider);
  for (const one of [list, show]) command.addCommand(withFormat(one));
  return command;
}

async function listProviders({ format }: Options): Promise<void> {
  const { providers } = await import("../collect/registry.ts");
  const { aboutProvider } = await import("../collect/about.ts");
  const all = (await providers()).map(aboutProvider);
  if (format === "json") {
    const documents = all.map(({ id, title, kinds, needsCredential }) => ({
      id,
      title,
      kinds,
      credential: needsCredential,
    }));
    return write(`${JSON.stringify(documents, null, 2)}\n`);
  }
  const rows = all.map((one) => [one.id, one.needsCredential ? "needed" : "none", one.title, kindsOf(one)]);
  return write(aligned([["PROVIDER", "CREDENTIAL", "TITLE", "KINDS"], ...rows], columns(), { isAlike: true }));
}

function kindsOf({ kinds }: About): string {
  return kinds.length > 0 ? kinds.join(", ") : "any";
}

async function showProvider(id: string, { format }: Options): Promise<void> {
  const { loadProvider, providerIds } = await import("../collect/registry.ts");
  const { aboutProvider } = await import("../collect/about.ts");
  const { loadSchema } = await import("../model/schema.ts");
  const provider = await loadProvider(id);
  if (!provider) throw new TokenwardError("PROVIDER_UNKNOWN", { id, nearest: nearest(id, providerIds) });
  const about = aboutProvider(provider);
  if (format !== "json") return write(providerPage(about, columns()));
  const { title, kinds, rights, grant, hidden, needsCredential: credential } = about;
  const { fields } = provider;
  const document = { id, title, credential, kinds, rights, grant, fields, hidden, config: loadSchema(`sources/${id}`) };
  return write(`${JSON.stringify(document, null, 2)}\n`);
}
