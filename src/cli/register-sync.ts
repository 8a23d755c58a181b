import { readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { uriOf, type Whereabouts } from "../config/find.ts";
import type { Edit } from "../config/line-edits.ts";
import type { RegisterText } from "../config/register.ts";
import type { Plan } from "../config/register-plan.ts";
import type { Config } from "../model/config.ts";
import { isLeftOut } from "../model/coverage.ts";
import { TokenwardError } from "../model/errors.ts";
import { number } from "../model/number.ts";
import { TO_DECIDE } from "../model/observed-entry.ts";
import { isSystemError } from "../model/system-error.ts";
import { visible } from "../model/text.ts";
import { configFrom } from "./configured.ts";
import { type Estate, estateFor, shortfall } from "./inventories.ts";
import type { ClockOptions, ConfigOptions } from "./options.ts";
import { deliver } from "./output.ts";
import { write, writeError } from "./terminal.ts";
import type { WireOptions } from "./wire.ts";

interface Options extends ConfigOptions, ClockOptions, WireOptions {
  register?: string;
  dryRun?: boolean;
  prune?: boolean;
  file?: string;
  allowIncomplete?: boolean;
}

/** The register on the disk. */
interface Present {
  files: readonly RegisterText[];
  /** Undefined: it is a single file. */
  folder?: string;
  path: string;
}

export async function syncRegister(inventory: string | undefined, options: Options): Promise<void> {
  const { planned, prune } = await import("../config/register-plan.ts");
  const config = await configFrom(options);
  const where = registerOf(config);
  const present = await registerAt(where);
  const target = await targetIn(present, options.file);
  const estate = await estateFor(inventory, config, options);
  const lacking = shortfall(estate);
  if (options.prune && lacking !== undefined) throw new TokenwardError("PRUNE_INCOMPLETE", { reason: lacking });
  const plans = planned(estate.tokens, { files: present.files, target, cwd: process.cwd() });
  const ids = new Set(estate.tokens.map(({ id }) => id));
  const unasked = options.prune ? prune(plans, ids, await accountsIn(estate)) : 0;
  const changes = await changesFor(plans);
  if (!options.dryRun) await store(changes);
  await write(await told(changes, options.dryRun === true));
  if (unasked > 0) writeError(`${number(unasked, "entry")} of accounts that this run did not read stayed\n`);
  if (lacking !== undefined) writeError(`${visible(`incomplete: ${lacking}`)}\n`);
  process.exitCode = lacking !== undefined && !options.allowIncomplete ? 3 : 0;
}

function registerOf({ register }: Config): Whereabouts {
  if (!register) throw new TokenwardError("REGISTER_UNNAMED", {});
  return { path: resolve(register.value), from: register.source };
}

async function registerAt(where: Whereabouts): Promise<Present> {
  const { namesIn, registerFiles, registerTexts } = await import("../config/register.ts");
  const { path, from } = where;
  const names = await namesIn(path).catch((cause: unknown) => {
    if (isSystemError(cause) && cause.code === "ENOENT") return "none" as const;
    return undefined;
  });
  if (names === "none") return { path, files: [] };
  const paths = names?.length === 0 ? [] : await registerFiles(where, process.cwd());
  const files = await registerTexts(paths, from, process.cwd());
  return { path, files, ...(names ? { folder: path } : {}) };
}

/** Where new entries go. */
async function targetIn(
  { path, folder }: Present,
  stated: string | undefined,
): Promise<{ path: string; byOwner: boolean }> {
  const { fileIn, UNASSIGNED } = await import("../config/register-plan.ts");
  if (stated === undefined)
    return folder === undefined ? { path, byOwner: false } : { path: join(folder, UNASSIGNED), byOwner: true };
  const file = folder === undefined ? undefined : fileIn(folder, stated, resolve(stated));
  if (file === undefined && (folder !== undefined || resolve(stated) !== path))
    throw new TokenwardError("REGISTER_FILE", { file: stated, register: uriOf(path, process.cwd()) });
  return { path: file ?? path, byOwner: false };
}

/** Accounts of which all tokens were asked for. */
async function accountsIn({ tokens, coverage }: Estate): Promise<Set<string>> {
  const { accountOf } = await import("../config/register-plan.ts");
  const seen = tokens.map(({ provider, account }) => accountOf(provider, account));
  const asked = coverage.flatMap(({ source, account, outcome }) =>
    account === undefined || isLeftOut(outcome) ? [] : [accountOf(source, account)],
  );
  return new Set([...seen, ...asked]);
}

interface Change extends Plan {
  edits: readonly Edit[];
  after: string;
}

/** What every file is to become; nothing is written before all of that is known. */
async function changesFor(plans: readonly Plan[]): Promise<Change[]> {
  const { registerEdits } = await import("../config/register-text.ts");
  const { withEdits } = await import("../config/line-edits.ts");
  return plans.map((plan) => {
    const { file } = plan;
    const edits = registerEdits(file, plan);
    if ("reason" in edits)
      throw new TokenwardError("REGISTER_FORM", { place: `${file.uri}:${edits.line + 1}`, reason: edits.reason });
    return { ...plan, edits, after: edits.length > 0 ? withEdits(file.text, edits) : file.text };
  });
}

async function store(changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.edits.length === 0) continue;
    await refuseIfChanged(change);
    const { path } = change.file;
    // What a link leads to is written, not put in the link's place.
    const target = change.isNew ? path : await realpath(path).catch(() => path);
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o666,
    );
    await deliver(Readable.from([marked(change.file, change.after)]), target, { mode });
  }
}

/** Collecting may take long, and somebody may have gone on writing. */
async function refuseIfChanged({ file, isNew }: Change): Promise<void> {
  const now = await readFile(file.path, "utf8").catch(() => undefined);
  if (now !== (isNew ? undefined : marked(file, file.text)))
    throw new TokenwardError("REGISTER_CHANGED", { path: file.uri });
}

function marked({ isMarked }: RegisterText, text: string): string {
  return isMarked ? `\uFEFF${text}` : text;
}

async function told(changes: readonly Change[], isDry: boolean): Promise<string> {
  const { diffLines } = await import("../config/line-edits.ts");
  const changed = changes.filter(({ edits }) => edits.length > 0);
  if (changed.length === 0) return "every token has its entry\n";
  if (!isDry) return changed.map((change) => `${visible(summary(change))}\n`).join("");
  const lines = changed.flatMap(({ file, isNew, edits, after }) => [
    `--- ${isNew ? "/dev/null" : file.uri}`,
    `+++ ${file.uri}`,
    ...(isNew
      ? after
          .split("\n")
          .slice(0, -1)
          .map((line) => `+${line}`)
      : diffLines(file.text, edits)),
  ]);
  return lines.map((line) => `${visible(line)}\n`).join("");
}

function summary({ file, add, drop }: Change): string {
  const open = add.filter(({ owner }) => owner === TO_DECIDE).length;
  const parts = [
    ...(add.length > 0 ? [`${number(add.length, "entry")} written, each with ${TO_DECIDE} for its purpose`] : []),
    ...(open > 0 ? [`${open} without an owner`] : []),
    ...(drop.size > 0 ? [`${number(drop.size, "entry")} taken out`] : []),
  ];
  return `${file.uri}: ${parts.join("; ")}`;
}
