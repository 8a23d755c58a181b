import { Command } from "commander";
import { headerSecretOf } from "../collect/credential.ts";
import { wayTo } from "../collect/github/connection.ts";
import { hostsOf } from "../collect/github/hosts.ts";
import { TokenwardError } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import type { Place, Wish } from "../upload/place.ts";
import type { Part } from "../upload/sarif-parts.ts";
import { surroundings } from "./configured.ts";
import { write } from "./terminal.ts";
import { fileToUpload } from "./upload-file.ts";
import { withTimeout } from "./wire.ts";

interface Options extends Wish {
  category?: string;
  tokenEnv?: string;
  timeout: number;
  allowIncomplete?: boolean;
}

const TOKEN_ENVS = ["TOKENWARD_GITHUB_TOKEN", "GITHUB_TOKEN"];

export function sarifCommand(): Command {
  const command = new Command("sarif")
    .description("upload SARIF to GitHub's code scanning, wait until it is processed, and tell what GitHub says of it")
    .argument("<file>", "a report written with --report sarif=FILE")
    .option("--repository <owner/name>", "default: GITHUB_REPOSITORY, else the remote origin of the checkout")
    .option("--ref <ref>", "such as refs/heads/main; default: GITHUB_REF, else the branch that is checked out")
    .option("--commit <sha>", "default: GITHUB_SHA, else the commit that is checked out")
    .option("--category <name>", "tells this upload from others of the same commit; default: as the file says")
    .option("--base-url <url>", "the server's API; default: GITHUB_API_URL, else https://api.github.com")
    .option("--token-env <name>", `the variable that holds the credential; default: ${TOKEN_ENVS.join(", then ")}`)
    .option("--allow-incomplete", "upload also what an incomplete run found; closes alerts of what it did not read")
    .action(uploadSarif);
  return withTimeout(command, "longest wait for GitHub to process it, and for its rate limit");
}

async function uploadSarif(file: string, options: Options): Promise<void> {
  const { inCategory, readSarif } = await import("../upload/sarif-file.ts");
  const { partsOf } = await import("../upload/sarif-parts.ts");
  const { handOver, heldFor, processed } = await import("../upload/code-scanning.ts");
  const { placeFor } = await import("../upload/place.ts");
  const text = (await fileToUpload(file)).toString("utf8");
  const sarif = inCategory(readSarif(text, file, options.allowIncomplete === true), options.category);
  const place = placeFor(options, { env: process.env, cwd: process.cwd() });
  const { uploader, patience, page } = await openFor(place, options);
  const held = await heldFor(
    sarif.runs.map(({ tool }) => tool),
    place,
    { uploader, what: file },
  );
  const until = patience.now() + patience.timeout;
  const parts = partsOf(sarif, held);
  for (const [index, part] of parts.entries()) {
    const what = parts.length === 1 ? file : `${file}, part ${index + 1} of ${parts.length}`;
    const id = await handOver(part, place, { uploader, what });
    await processed(id, place, { uploader, patience, what, until });
    await write(`${visible(taken(what, part, place))}\n`);
  }
  await write(`${visible(page)}\n`);
}

async function openFor(place: Place, { tokenEnv, timeout }: Options) {
  const { baseOf } = await import("../net/address.ts");
  const { openUploader } = await import("../net/upload.ts");
  const { sarifsPath } = await import("../upload/code-scanning.ts");
  const secret = await credential(tokenEnv);
  const hosts = hostsOf(baseOf("github", place.api).href);
  const world = surroundings({ limits: { wait: timeout } });
  const way = wayTo(hosts, { bearer: async () => secret, secrets: [secret] });
  const uploader = openUploader(world, way, [`${hosts.rest}/${sarifsPath(place)}`]);
  return { uploader, patience: { ...world, timeout }, page: `${hosts.web}/${place.repository}/security/code-scanning` };
}

/** Never from the command line, where every user of the machine could read it. */
async function credential(named: string | undefined): Promise<string> {
  const names = named === undefined ? TOKEN_ENVS : [named];
  const env = names.find((name) => process.env[name]?.trim());
  if (env === undefined) {
    // Somebody may have put the credential itself there.
    throw new TokenwardError("UPLOAD_CREDENTIAL_MISSING", { from: names.map(maskSecrets).join(" or ") });
  }
  return headerSecretOf("github", { env }, { env: process.env, root: process.cwd() });
}

function taken(what: string, { results, categories }: Part, { repository, ref, commit }: Place): string {
  const named = categories.filter((name) => name !== "");
  const category = named.length > 0 ? `, ${named.length === 1 ? "category" : "categories"} ${named.join(", ")}` : "";
  return `${what}: ${number(results, "result")} taken and processed for ${repository}, ${ref} at ${commit.slice(0, 7)}${category}`;
}
