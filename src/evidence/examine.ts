import { createHash } from "node:crypto";
import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import type { EvidenceManifest } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";
import { visible } from "../model/text.ts";
import { faultsIn, isValid } from "../model/validate.ts";
import { bounded, listed, measured, unreadable } from "./files.ts";
import { MANIFEST, SIGNATURE, SUMS, sumLine } from "./layout.ts";
import { isSignature } from "./signature.ts";

/** What a look at every byte of a pack has shown. */
export interface Examined {
  /** Absent where it was changed into something else. */
  manifest?: EvidenceManifest;
  /** Everything that is not as the manifest says, a sentence each. */
  faults: string[];
  /** Of all files together. */
  bytes: number;
}

const MEBIBYTE = 1024 * 1024;
/** Room for ten thousand files. */
const LARGEST = 16 * MEBIBYTE;

/** Holds every file of a pack against its manifest, and the manifest against its signature; nothing in it is believed or run. */
export async function examine(folder: string, expectedKey?: string): Promise<Examined> {
  const present = await inside(folder);
  const bytes = await required(folder, MANIFEST, present.files);
  const sums = await optional(folder, SUMS, present.files);
  const manifest = manifestIn(bytes);
  if (!isValid("evidence", manifest)) {
    if (sums === undefined || saysSo(sums, bytes)) throw unknownForm(folder, manifest);
    return { faults: [...present.faults, `${MANIFEST} is not as ${SUMS} says, and no manifest any more`], bytes: 0 };
  }
  const expected = [...manifest.files, { path: MANIFEST, sha256: sumOf(bytes) }]
    .map(({ sha256, path }) => sumLine(sha256, path))
    .join("");
  const found = await contentFaults(folder, manifest, present.files);
  const faults = [
    ...present.faults,
    ...(sums === undefined ? [`${SUMS} is missing`] : []),
    ...(sums !== undefined && String(sums) !== expected ? [`${SUMS} and ${MANIFEST} do not say the same`] : []),
    ...found.faults,
    ...(await signatureFaults(folder, manifest, { bytes, expectedKey, files: present.files })),
  ];
  return { manifest, faults: faults.map(visible), bytes: found.bytes + bytes.length };
}

async function inside(folder: string): Promise<{ files: string[]; faults: string[] }> {
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error("it is no folder");
    return await listed(folder);
  } catch (cause) {
    throw new TokenwardError("EVIDENCE_UNREADABLE", { folder, reason: unreadable(cause) }, { cause });
  }
}

async function required(folder: string, name: string, files: readonly string[]): Promise<Buffer> {
  const reason = (await isLink(join(folder, name))) ? `${name} is a link` : `there is no ${name} in it`;
  if (!files.includes(name)) throw new TokenwardError("EVIDENCE_UNREADABLE", { folder, reason });
  return bounded(join(folder, name), LARGEST).catch((cause: unknown) => {
    const told = `${name}: ${unreadable(cause)}`;
    throw new TokenwardError("EVIDENCE_UNREADABLE", { folder, reason: told }, { cause });
  });
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

async function optional(folder: string, name: string, files: readonly string[]): Promise<Buffer | undefined> {
  return files.includes(name) ? required(folder, name, files) : undefined;
}

/** Duplicate keys and other forms of the same are caught by the sum, which is over the bytes. */
function manifestIn(bytes: Buffer): unknown {
  return parsedJson(bytes.toString("utf8"));
}

function saysSo(sums: Buffer, manifest: Buffer): boolean {
  return sums
    .toString("utf8")
    .split("\n")
    .includes(sumLine(sumOf(manifest), MANIFEST).trimEnd());
}

function unknownForm(folder: string, manifest: unknown): TokenwardError {
  const version = isMapping(manifest) ? manifest.schema_version : undefined;
  if (typeof version === "number" && version > 1)
    return new TokenwardError("EVIDENCE_UNREADABLE", { folder, reason: `it has the form ${version}, and 1 is known` });
  const [fault] = manifest === undefined ? [] : faultsIn("evidence", manifest);
  const reason = fault ? `${MANIFEST}${fault.path} ${fault.message}` : `${MANIFEST} is not JSON`;
  return new TokenwardError("EVIDENCE_UNREADABLE", { folder, reason: visible(reason) });
}

/** Missing, surplus and changed files. */
async function contentFaults(
  folder: string,
  manifest: EvidenceManifest,
  files: readonly string[],
): Promise<{ faults: string[]; bytes: number }> {
  const faults: string[] = [];
  const present = new Set(files);
  const expected = new Set<string>([MANIFEST, SUMS, ...(manifest.signature ? [SIGNATURE] : [])]);
  let bytes = 0;
  for (const entry of manifest.files) {
    if (expected.has(entry.path)) faults.push(`${MANIFEST} lists ${entry.path} twice`);
    else if (!present.has(entry.path)) faults.push(`${entry.path} is missing`);
    else {
      const found = await measured(join(folder, entry.path));
      faults.push(...changeOf(entry, found));
      bytes += "size" in found ? found.size : 0;
    }
    expected.add(entry.path);
  }
  const surplus = files.filter((path) => !expected.has(path)).sort();
  return { faults: [...faults, ...surplus.map((path) => `${path} is not in ${MANIFEST}`)], bytes };
}

function changeOf(
  { path, size, sha256 }: EvidenceManifest["files"][number],
  found: Awaited<ReturnType<typeof measured>>,
): string[] {
  if ("reason" in found) return [`${path} cannot be read: ${found.reason}`];
  if (found.size !== size) return [`${path} has ${found.size} bytes, ${MANIFEST} says ${size}`];
  return found.sha256 === sha256 ? [] : [`${path} has the SHA-256 ${found.sha256}, ${MANIFEST} says ${sha256}`];
}

async function signatureFaults(
  folder: string,
  { signature }: EvidenceManifest,
  { bytes, expectedKey, files }: { bytes: Buffer; expectedKey: string | undefined; files: readonly string[] },
): Promise<string[]> {
  if (!signature) return expectedKey === undefined ? [] : ["it is not signed, and a key was given to check it with"];
  const text = await optional(folder, SIGNATURE, files);
  if (!text) return [`${SIGNATURE} is missing, and ${MANIFEST} says that there is one`];
  if (!isSignature(text.toString("latin1"), bytes, signature))
    return [`${SIGNATURE} is no signature of ${MANIFEST} by the key that is named there`];
  if (expectedKey === undefined || expectedKey === signature.public_key) return [];
  return ["it is signed with another key than the one that was given"];
}

function sumOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
