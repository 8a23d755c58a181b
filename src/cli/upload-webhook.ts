import { randomUUID } from "node:crypto";
import { extname } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { visible } from "../model/text.ts";
import type { Hook } from "../upload/webhook.ts";
import { surroundings } from "./configured.ts";
import { write } from "./terminal.ts";
import { fileToUpload } from "./upload-file.ts";
import { withTimeout } from "./wire.ts";

interface Options {
  url?: string;
  secretEnv: string;
  id?: string;
  timeout: number;
}

const URL_ENV = "TOKENWARD_WEBHOOK_URL";
const SECRET_ENV = "TOKENWARD_WEBHOOK_SECRET";

export function webhookCommand(): Command {
  const command = new Command("webhook")
    .description("send a report to a webhook by POST, signed with HMAC-SHA256")
    .argument("<file>", "any report")
    .option("--url <url>", `where to send it: https, or http on loopback; default: ${URL_ENV}`)
    .option("--secret-env <name>", "the variable that holds the secret to sign with", SECRET_ENV)
    .option("--id <id>", "names the delivery in every try; default: a new one for each run", deliveryId)
    .action(uploadWebhook);
  return withTimeout(command, "longest time to wait for another try");
}

async function uploadWebhook(file: string, { id = randomUUID(), timeout, ...options }: Options): Promise<void> {
  const { openUploader } = await import("../net/upload.ts");
  const { deliverTo, wayToHook } = await import("../upload/webhook.ts");
  const hook = await hookFrom(options);
  const delivery = { bytes: await fileToUpload(file), contentType: contentTypeOf(file), id };
  const world = surroundings({ limits: { wait: timeout } });
  const uploader = openUploader(world, wayToHook(hook, delivery, world.now), [hook.url.href]);
  const status = await deliverTo(hook, delivery, { uploader, what: `${file} (delivery ${id})` });
  await write(`${visible(`${file}: taken by ${hook.url.host} with ${status}, as ${id}`)}\n`);
}

async function hookFrom({ url: stated, secretEnv }: Pick<Options, "url" | "secretEnv">): Promise<Hook> {
  const { hookSecret, hookUrl } = await import("../upload/webhook.ts");
  const text = stated ?? (process.env[URL_ENV]?.trim() || undefined);
  if (text === undefined) throw new TokenwardError("WEBHOOK_URL_MISSING", { env: URL_ENV });
  const url = hookUrl(text, stated === undefined ? URL_ENV : "--url");
  // Somebody may have put the secret itself there.
  return { url, isSecret: stated === undefined, secret: hookSecret(process.env[secretEnv], maskSecrets(secretEnv)) };
}

/** What a report is, by its name; a receiver that cares more looks into it. */
const TYPES: Readonly<Record<string, string>> = {
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".ndjson": "application/x-ndjson",
  ".prom": "text/plain; version=0.0.4; charset=utf-8",
  ".sarif": "application/sarif+json",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

function contentTypeOf(file: string): string {
  return TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
}

function deliveryId(text: string): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text;
  throw new InvalidArgumentError("Write up to 100 letters, digits, dots, dashes and underscores.");
}
