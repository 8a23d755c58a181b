import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, run } from "../support/command.ts";
import { copied, filesOf, forged, packed, reInventoried } from "../support/packs.ts";
import { laidOut, scratchFolder, withAcme } from "../support/scratch.ts";

const cwd = await withAcme(await scratchFolder());
const other = process.env.TOKENWARD_OTHER_NODE;
const title = other ? "another Node" : "another Node (skipped: name one in TOKENWARD_OTHER_NODE)";
const keys = generateKeyPairSync("ed25519");

let checked: Outcome;
let signed: Outcome;

beforeAll(async () => {
  await writeFile(join(cwd, "key.pem"), keys.privateKey.export({ format: "pem", type: "pkcs8" }));
  await writeFile(join(cwd, "pub.pem"), keys.publicKey.export({ format: "pem", type: "spki" }));
  const plain = ["check", "--config", "examples/acme/tokenward.yaml", "--as-of", "2030-01-01T00:00:00Z", "-f", "json"];
  const [check, , withKey] = await Promise.all([
    run({ cwd, args: plain }),
    packed(cwd, "pack"),
    packed(cwd, "signed", ["--evidence-key", "key.pem"]),
    ...(other ? [packed(cwd, "elsewhere", [], other)] : []),
  ]);
  [checked, signed] = [check, withKey];
});

const verified = (name: string, more: readonly string[] = [], node?: string): Promise<Outcome> =>
  run({ cwd, args: ["verify", name, ...more], ...(node ? { node } : {}) });

describe("a run that keeps evidence", () => {
  it("tells and ends as one that does not", () => {
    expect(signed).toEqual(checked);
  });

  it("keeps all that it goes by, and no file without a reason", async () => {
    const files = await filesOf(join(cwd, "signed"));

    expect(files.filter((path) => !path.startsWith("policies/shipped/"))).toEqual([
      ...["SHA256SUMS", "config.json", "coverage.json", "inputs/config/tokenward.yaml", "inventory.ndjson"],
      ...["manifest.json", "manifest.sig"],
      ...["policies/manifest.json", "policies/policy.wasm", "policies/thresholds.json", "report.json", "terms.json"],
    ]);
    expect(files.filter((path) => path.endsWith(".rego")).length).toBeGreaterThan(40);
    expect(files.filter((path) => path.endsWith("_test.rego"))).toEqual([]);
    expect(await readFile(join(cwd, "pack/report.json"), "utf8")).toBe(checked.stdout);
  });

  it("lets only its owner read them", async () => {
    const folders = ["", "inputs", "policies/shipped/data/scopes"].map((path) => stat(join(cwd, "pack", path)));
    const files = (await filesOf(join(cwd, "pack"))).map((path) => stat(join(cwd, "pack", path)));

    expect(new Set((await Promise.all(folders)).map(({ mode }) => mode & 0o777))).toEqual(new Set([0o700]));
    expect(new Set((await Promise.all(files)).map(({ mode }) => mode & 0o777))).toEqual(new Set([0o600]));
  });

  it("writes the same bytes each time", async () => {
    await packed(cwd, "again");

    const sums = ["pack", "again"].map((name) => readFile(join(cwd, name, "SHA256SUMS"), "utf8"));
    expect(await sums[1]).toBe(await sums[0]);
  });

  it.skipIf(process.platform === "win32")("can be held against its sums by any tool", () => {
    const told = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: join(cwd, "pack") });

    expect(String(told)).not.toContain("FAILED");
  });

  it("keeps what people have written down, and judges by it again", async () => {
    const token =
      "- { kind: npm/granular, account: acme, native_id: '1', owner: none, status: active, expires: never }\n";
    const folder = await laidOut(join(cwd, "written"), {
      "tokens/tokens.yaml": token,
      "tokenward.yaml": [
        "version: 1",
        "sources: [{ use: file, path: tokens/tokens.yaml }]",
        "register: register",
        "waivers: waivers.yaml",
        "baseline: baseline.json",
        "owners: { mapping: owners.yaml }",
        "",
      ].join("\n"),
      "register/team.yaml": "version: 1\ntokens:\n  - { token: npm/acme/granular/9, owner: team, purpose: gone }\n",
      "owners.yaml": "version: 1\nowners:\n  - { token: { account: acme }, team: core }\n",
      "waivers.yaml":
        "version: 1\nwaivers:\n  - { token: npm/acme/granular/1, policy: no-expiry, reason: r, owner: o, approver: a, expires: 2030-03-01 }\n",
    });
    const checking = ["check", "--as-of", "2030-01-01T00:00:00Z", "-f", "json"];
    await run({ cwd: folder, args: [...checking, "--allow-incomplete", "--write-baseline", "baseline.json"] });

    const plain = await run({ cwd: folder, args: checking });
    const kept = await run({ cwd: folder, args: [...checking, "--evidence", "pack"] });
    const again = await run({ cwd: folder, args: ["verify", "pack"] });

    expect(kept).toEqual(plain);
    expect(kept.stdout).toContain('"baseline"');
    expect(kept.stdout).toContain("register-stale");
    expect((await filesOf(join(folder, "pack"))).filter((path) => path.startsWith("inputs/"))).toEqual([
      ...["inputs/baseline/baseline.json", "inputs/config/tokenward.yaml", "inputs/owners/owners.yaml"],
      ...["inputs/register/team.yaml", "inputs/waivers/waivers.yaml"],
    ]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("all the same") });
  });

  it("of an inventory keeps it, and tells as judging it does", async () => {
    await run({ cwd, args: ["collect", "--config", "examples/acme/tokenward.yaml", "-o", "acme.ndjson"] });
    const judging = ["judge", "acme.ndjson", "--no-config", "-f", "json"];

    const [plain, kept] = await Promise.all([
      run({ cwd, args: judging }),
      run({ cwd, args: [...judging, "--evidence", "judged"] }),
    ]);

    expect(kept).toEqual(plain);
    expect(await verified("judged")).toMatchObject({ code: 0, stdout: expect.stringContaining("all the same") });
  });

  it.each([
    { what: "the folder holds files", args: ["--evidence", "examples"], says: "there are files in it already" },
    {
      what: "the folder is below a file",
      args: ["--evidence", "key.pem/pack"],
      says: "a part of its path is no folder",
    },
    { what: "the key is not there", args: ["--evidence", "new", "--evidence-key", "none"], says: "EVIDENCE_KEY" },
    { what: "the key is public", args: ["--evidence", "new", "--evidence-key", "pub.pem"], says: "EVIDENCE_KEY" },
    { what: "a key has nothing to sign", args: ["--evidence-key", "key.pem"], says: "EVIDENCE_KEY_IDLE" },
  ])("is refused where $what, and leaves nothing", async ({ args, says }) => {
    const outcome = await run({ cwd, args: ["check", "--no-config", ...args] });

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
    expect((await readdir(cwd)).filter((name) => name.startsWith(".tokenward-tmp") || name === "new")).toEqual([]);
  });
});

describe("verify", () => {
  it("says that every byte and every verdict is the same, and that nobody signed", async () => {
    const { code, stdout, stderr } = await verified("pack");

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // How many files and policies there are changes with every policy.
    expect(stdout.replace(/\d+/g, "N")).toBe(
      [
        "pack: a run as of N-N-NTN:N:NZ by tokenward N.N.N on Node vN.N.N",
        "bytes: all as the manifest says (N files, N bytes)",
        "signature: none; nothing shows who made this pack",
        "verdicts: all the same when judged again (N tokens: N failed, N unknown, N passed; exit N)",
        "",
      ].join("\n"),
    );
  });

  it("says whose key it is where one is given", async () => {
    const outcome = await verified("signed", ["--key", "pub.pem"]);

    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining("signature: by the key that was given") });
  });

  it("fails a pack without a signature where a key is given", async () => {
    const outcome = await verified("pack", ["--key", "pub.pem"]);

    expect(outcome).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("it is not signed, and a key was given"),
    });
  });

  it("names a file that was changed, and judges nothing", async () => {
    const folder = await copied(join(cwd, "pack"), join(cwd, "changed"));
    await writeFile(join(folder, "terms.json"), "{}");

    const { code, stdout } = await verified("changed");

    expect(code).toBe(1);
    expect(stdout).toContain("terms.json has 2 bytes");
    expect(stdout).toContain("not judged again");
  });

  it.each([
    {
      what: "a finding's severity in the report",
      path: "report.json",
      change: (text: string) => text.replace(/("policy":"too-old".*?"severity":)"critical"/, '$1"low"'),
      first: /token \S+, policy [\w-]+: severity\n {2}in the pack "low", judged again "critical"/,
    },
    {
      what: "a finding that is no longer in the report",
      path: "report.json",
      change: (text: string) => text.replace(/("findings": \[\n).*\n/, "$1"),
      first: /token \S+, policy [\w-]+\n {2}in the pack "?no such finding"?, judged again "?fail/,
    },
    {
      what: "a count in the report",
      path: "report.json",
      change: (text: string) => text.replace(/"tokens":\d+/, '"tokens":1'),
      first: /summary: tokens\n {2}in the pack 1, judged again 89/,
    },
    {
      what: "a token in the inventory",
      path: "inventory.ndjson",
      change: (text: string) => reInventoried(text, (lines) => lines.replace(/"created":"20\d\d-/, '"created":"2001-')),
      first: /in the pack .*, judged again /,
    },
    {
      what: "a number that it was judged by",
      path: "terms.json",
      change: (text: string) => text.replace(/("max_age": \{\s+"value": )\d+/, "$19"),
      first: /in the pack .*, judged again /,
    },
    {
      what: "what the manifest says of the outcome",
      path: "manifest.json",
      change: (text: string) => text.replace('"exit_code": 1', '"exit_code": 0'),
      first: /manifest\.json: outcome\.gate\.exit_code\n {2}in the pack 0, judged again 1/,
    },
  ])("names the first verdict that is not the same: $what", async ({ path, change, first }) => {
    const folder = await copied(join(cwd, "pack"), join(cwd, `forged-${path}`));
    await forged(folder, path, change);

    const { code, stdout } = await verified(`forged-${path}`);

    expect(stdout).toMatch(first);
    expect(code).toBe(1);
  });

  it.each([
    {
      what: "an inventory with an id twice",
      path: "inventory.ndjson",
      change: (text: string) =>
        reInventoried(text, (lines) => {
          const token = lines.split("\n").find((line) => line.startsWith('{"token"'));
          return `${lines}${token}\n`;
        }),
      says: "an id stands twice",
    },
    {
      what: "an inventory that was cut off",
      path: "inventory.ndjson",
      change: (text: string) => text.split("\n").slice(0, 3).join("\n"),
      says: "its end line is missing",
    },
    { what: "terms of another form", path: "terms.json", change: () => '{"run":{}}', says: "terms.json" },
    {
      what: "a prototype in the terms",
      path: "terms.json",
      change: (text: string) => text.replace("{", '{"__proto__":{"rules":1},'),
      says: "__proto__",
    },
    { what: "policies that are no WebAssembly", path: "policies/policy.wasm", change: () => "no", says: "WebAssembly" },
    {
      what: "policies with a memory of their own",
      path: "policies/policy.wasm",
      // An empty module, but for a memory.
      change: () => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1]),
      says: "a memory of their own",
    },
  ])("does not judge $what", async ({ path, change, says }) => {
    const folder = await copied(join(cwd, "pack"), join(cwd, "hostile"));
    await forged(folder, path, change);

    const { code, stderr } = await verified("hostile");

    expect(stderr).toContain(says);
    expect(stderr).toContain("[EVIDENCE_REFUSED]");
    expect(code).toBe(2);
  });

  it.each([{ args: ["examples"] }, { args: ["nowhere"] }, { args: ["pack", "--key", "key.csv"] }])(
    "ends with 2 where there is nothing to go by: $args",
    async ({ args: [name = "", ...more] }) => {
      expect(await verified(name, more)).toMatchObject({ code: 2, stdout: "" });
    },
  );

  it.skipIf(!other)(`of a pack that was made by ${title} says the same, and the other way round`, async () => {
    const outcomes = await Promise.all([verified("elsewhere"), verified("pack", [], other)]);

    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(existsSync(join(cwd, "elsewhere/report.json"))).toBe(true);
  });
});
