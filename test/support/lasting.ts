import { readFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Output without what every release and every edit of a policy changes: the version, and the digest of the compiled policies. */
export function lasting(output: string): string {
  return output
    .replaceAll(`tokenward ${version}`, "tokenward VERSION")
    .replaceAll(`ersion":"${version}"`, 'ersion":"VERSION"')
    .replaceAll(`ersion": "${version}"`, 'ersion": "VERSION"')
    .replace(/("bundle": ?)"[0-9a-f]{64}"/g, '$1"DIGEST"');
}
