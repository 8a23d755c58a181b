import { resolve } from "node:path";
import { Command } from "commander";
import type { Examined } from "../evidence/examine.ts";
import type { Rejudged } from "../evidence/rejudge.ts";
import type { EvidenceManifest } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import { scratch } from "./configured.ts";
import { keyText } from "./evidence.ts";
import { wholeNumber } from "./options.ts";
import { write } from "./terminal.ts";
import { tool } from "./version.ts";

interface Options {
  key?: string;
  jobs?: number;
}

const DIFFERS = 1;
const FAULTS_TOLD = 20;

export function verifyCommand(): Command {
  return new Command("verify")
    .description("hold a folder of evidence against its manifest, and judge its inventory again by what is in it")
    .argument("<folder>", "a folder that --evidence wrote")
    .option("--key <file>", "the public Ed25519 key (PEM) that must have signed it")
    .option("-j, --jobs <n>", "threads at work; default: one for each core", wholeNumber)
    .addHelpText(
      "after",
      "\nExit codes: 0 every byte and every verdict is the same; 1 something differs; 2 not to be read or judged",
    )
    .action(verify);
}

async function verify(folder: string, { key: keyFile, jobs }: Options): Promise<void> {
  const { examine } = await import("../evidence/examine.ts");
  const expected = keyFile === undefined ? undefined : await publicKeyFrom(keyFile);
  const examined = await examine(resolve(folder), expected);
  const { manifest, faults } = examined;
  const { fingerprintOf } = await import("../evidence/signature.ts");
  const key = manifest?.signature && fingerprintOf(manifest.signature.public_key);
  await write(
    aboutText(
      folder,
      examined,
      signatureText(key, { isExpected: expected !== undefined, hasFaults: faults.length > 0 }),
    ),
  );
  if (!manifest || faults.length > 0) {
    process.exitCode = DIFFERS;
    return write("verdicts: not judged again, because what they rest on has changed\n");
  }
  const { rejudge } = await import("../evidence/rejudge.ts");
  const rejudged = await rejudge(resolve(folder), manifest, { scratch, ...(jobs === undefined ? {} : { jobs }) });
  await write(verdictText(rejudged, manifest));
  if (rejudged.difference) process.exitCode = DIFFERS;
}

async function publicKeyFrom(path: string): Promise<string> {
  const { publicKeyOf } = await import("../evidence/signature.ts");
  return publicKeyOf(await keyText(path, "public Ed25519"), path);
}

function aboutText(folder: string, { manifest, faults, bytes }: Examined, signature: string): string {
  const left = faults.length - FAULTS_TOLD;
  const told = [...faults.slice(0, FAULTS_TOLD), ...(left > 0 ? [`and ${left} more`] : [])];
  const files = `${number(manifest ? manifest.files.length + 2 : 0, "file")}, ${number(bytes, "byte")}`;
  return [
    `${visible(folder)}${manifest ? `: ${visible(originOf(manifest))}` : ""}\n`,
    faults.length === 0 ? `bytes: all as the manifest says (${files})\n` : "bytes: not as they were\n",
    ...told.map((fault) => `  ${visible(fault)}\n`),
    ...(manifest ? [`signature: ${signature}\n`] : []),
  ].join("");
}

function originOf({ as_of, tool: by, node }: EvidenceManifest): string {
  return `a run as of ${as_of} by ${by.name} ${by.version} on Node ${node}`;
}

function signatureText(
  fingerprint: string | undefined,
  { isExpected, hasFaults }: { isExpected: boolean; hasFaults: boolean },
): string {
  if (fingerprint === undefined) return "none; nothing shows who made this pack";
  if (hasFaults) return `by a key with the SHA-256 ${fingerprint}, as the manifest says`;
  if (isExpected) return `by the key that was given (SHA-256 ${fingerprint})`;
  return `by a key with the SHA-256 ${fingerprint}; give --key to say whose it must be`;
}

function verdictText({ head, difference }: Rejudged, manifest: EvidenceManifest): string {
  const { verdicts } = head.summary;
  const counts = `${verdicts.fail} failed, ${verdicts.unknown} unknown, ${verdicts.pass} passed`;
  const lines = difference
    ? [
        "verdicts: not the same when judged again; the first difference:",
        `  ${visible(difference.where)}`,
        `  in the pack ${difference.recorded}, judged again ${difference.again}`,
      ]
    : [
        `verdicts: all the same when judged again (${number(head.summary.tokens, "token")}: ${counts}; exit ${head.gate.exit_code})`,
      ];
  if (manifest.tool.version !== tool.version)
    lines.push(`tool: judged again by ${tool.version}, and the pack is of ${visible(manifest.tool.version)}`);
  return lines.map((line) => `${line}\n`).join("");
}
