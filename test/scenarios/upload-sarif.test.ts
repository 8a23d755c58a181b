import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "sarif";
import { describe, expect, it } from "vitest";
import { type Behaviour, codeScanning } from "../support/code-scanning.ts";
import { run } from "../support/command.ts";
import { type Handler, json, loopbacks } from "../support/loopback.ts";
import { laidOut, scratchFolder, withAcme } from "../support/scratch.ts";
import { runOf, sarifOf, upTo } from "../upload/sarif.ts";

const scratch = await scratchFolder();
const loopback = loopbacks();
const TOKEN = ["made", "up", "credential", "0123456789"].join("-");
const commit = "c".repeat(40);
const place = ["--repository", "acme/shop", "--ref", "refs/heads/main", "--commit", commit];
let folders = 0;

async function server(behaviour: Partial<Behaviour> = {}, before?: Handler) {
  const scanning = codeScanning({ token: TOKEN, ...behaviour });
  const at = await loopback(async (received, response) => {
    await before?.(received, response);
    if (!response.writableEnded && !response.destroyed) await scanning.handler(received, response);
  });
  const upload = async (text: string, more: readonly string[] = [], env: Record<string, string> = {}) => {
    folders += 1;
    const cwd = await laidOut(join(scratch, `upload-${folders}`), { "tokens.sarif": text });
    const args = ["upload", "sarif", "tokens.sarif", "--base-url", at.base, ...place, ...more];
    return run({ args, cwd, env: { TOKENWARD_GITHUB_TOKEN: TOKEN, ...env } });
  };
  return { ...at, scanning, upload };
}

const posts = (received: readonly { method: string }[]) => received.filter(({ method }) => method === "POST").length;

describe.concurrent("upload sarif", () => {
  it("hands over what check wrote, waits until it is processed, and says where to look", async () => {
    const { base, scanning, writes } = await server({ pending: 1 });
    const cwd = await withAcme(join(scratch, "acme"));
    await run({
      args: [
        "check",
        "--config",
        "examples/acme/tokenward.yaml",
        "--as-of",
        "2030-01-01T00:00:00Z",
        "--fail-on",
        "never",
        "--report",
        "sarif=a.sarif",
      ],
      cwd,
    });

    const args = ["upload", "sarif", "a.sarif", "--base-url", base, "--category", "tokens", ...place];
    const { code, stdout, stderr } = await run({ args, cwd, env: { GITHUB_TOKEN: TOKEN } });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      `a.sarif: ${scanning.alerts.size} results taken and processed for acme/shop, refs/heads/main at ccccccc, category tokens\n${base}/acme/shop/security/code-scanning\n`,
    );
    expect(scanning.alerts.size).toBeGreaterThan(20);
    expect(writes).toEqual(["POST /api/v3/repos/acme/shop/code-scanning/sarifs"]);
  });

  it("finds ref, commit and repository as GitHub Actions names them", async () => {
    const { base, scanning } = await server();
    const cwd = await laidOut(join(scratch, "actions"), { "a.sarif": sarifOf(runOf([1])) });
    const env = {
      GITHUB_TOKEN: TOKEN,
      ...{ GITHUB_REPOSITORY: "acme/shop", GITHUB_REF: "refs/pull/7/merge", GITHUB_SHA: commit },
      GITHUB_API_URL: `${base}/api/v3`,
    };

    expect(await run({ args: ["upload", "sarif", "a.sarif"], cwd, env })).toMatchObject({ code: 0, stderr: "" });
    expect(scanning.taken).toMatchObject([{ ref: "refs/pull/7/merge", commit }]);
  });

  it("cuts what GitHub would not keep into parts, and closes no alert while their number changes", async () => {
    const { scanning, upload } = await server();

    const outcomes = [];
    for (const count of [4_000, 6_000, 12_000, 3_000]) outcomes.push(await upload(sarifOf(runOf(upTo(count)))));

    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      outcomes.map(() => ({ code: 0, stderr: "" })),
    );
    expect(outcomes[1]?.stdout).toMatch(/^tokens.sarif, part 1 of 2: \d+ results taken/);
    expect(outcomes[2]?.stdout).toMatch(/^tokens.sarif, part 3 of 3: /m);
    // Only what is no longer in the last file is closed.
    expect(scanning.alerts.size).toBe(3_000);
    expect(scanning.closed).toHaveLength(9_000);
    expect(new Set(scanning.closed).size).toBe(9_000);
  });

  it("hands over more results than GitHub takes in one run", async () => {
    const { scanning, upload } = await server();

    expect(await upload(sarifOf(runOf(upTo(26_000))))).toMatchObject({ code: 0, stderr: "" });
    expect(scanning.alerts.size).toBe(26_000);
  });

  it.each([
    {
      what: "incomplete",
      text: sarifOf(runOf([1], { invocations: [{ executionSuccessful: false }] })),
      code: "SARIF_INCOMPLETE",
    },
    { what: "no SARIF", text: "{}", code: "SARIF_INVALID" },
    { what: "empty", text: "", code: "UPLOAD_FILE" },
  ])("refuses what is $what, before anything is asked", async ({ text, code }) => {
    const { received, upload } = await server();

    const outcome = await upload(text);

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(`[${code}]`) });
    expect(received).toEqual([]);
  });

  it("uploads an incomplete run where that is tolerated", async () => {
    const { scanning, upload } = await server();
    const text = sarifOf(runOf([1], { invocations: [{ executionSuccessful: false }] }));

    expect(await upload(text, ["--allow-incomplete"])).toMatchObject({ code: 0 });
    expect(scanning.alerts.size).toBe(1);
  });
});

// Asking again whether a file is processed waits in real time, so the tests do it beside each other.
describe.concurrent("what GitHub refuses", () => {
  const one = sarifOf(runOf([1]));

  it.each([
    { what: "the credential", env: { TOKENWARD_GITHUB_TOKEN: `${TOKEN}-not` }, told: "401: Bad credentials" },
    { what: "a repository that is not there", more: ["--repository", "acme/gone"], told: "404: Not Found" },
    { what: "a commit that it does not know", more: ["--commit", "d".repeat(40)], told: "422: Commit not found: dddd" },
  ])("is told in its own words: $what", async ({ more = [], env = {}, told }) => {
    const { upload } = await server();

    const outcome = await upload(one, more, env as Record<string, string>);

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(told) });
    expect(outcome.stderr).toContain("[UPLOAD_REFUSED]");
    expect(outcome.stderr).not.toContain(TOKEN);
  });

  it("says how to switch code scanning on", async () => {
    const disabled = "Advanced Security must be enabled for this repository to use code scanning.";
    const { upload } = await server({ disabled });

    expect(await upload(one)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/403: Advanced Security must be.*\n.*switch code scanning on/),
    });
  });

  const located = (locations: unknown) => {
    const document = JSON.parse(one) as { runs: [{ results: [Record<string, unknown>] }] };
    document.runs[0].results[0].locations = locations;
    return JSON.stringify(document);
  };
  const at = (uri: string) => [{ physicalLocation: { artifactLocation: { uri } } }];
  const rule = (properties: object): Partial<Run> => ({
    tool: { driver: { name: "x", rules: [{ id: "r", properties }] } },
  });

  it.each([
    { text: located([]), told: "expected at least one location" },
    { text: located([{ logicalLocations: [{ name: "a" }] }]), told: "expected a physical location" },
    { text: located(at("")), told: "expected artifact location" },
    { text: located(at("a b")), told: "an invalid URI was provided as a SARIF location" },
    { text: located(at("https://example.com/a")), told: 'SARIF URI scheme "https" did not match' },
    { text: sarifOf(runOf([1], rule({ "security-severity": "high" }))), told: "is not a number: high" },
    { text: sarifOf(runOf([1], rule({ tags: upTo(21).map(String) }))), told: "more tags per rule" },
  ])("after it took the file: $told", async ({ text, told }) => {
    const { scanning, upload } = await server();

    const outcome = await upload(text);

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(told) });
    expect(outcome.stderr).toContain("[UPLOAD_REJECTED]");
    expect(scanning.taken).toEqual([]);
  });

  it("moves no cursor and starts no workflow command, however many errors there are", async () => {
    const faults = ["\u001b[2J::error::gone\nsecond line", ...upTo(40).map((number) => `fault ${number}`)];
    const { upload } = await server({ faults });

    const { code, stderr } = await upload(one);

    expect(code).toBe(2);
    expect(stderr).toContain("  \\u001b[2J");
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toMatch(/^\s*::error/m);
    expect(stderr).toContain("and 21 more errors");
  });
});

describe.concurrent("what GitHub does not tell", () => {
  const one = sarifOf(runOf([1]));
  const onPost =
    (handler: Handler): Handler =>
    (received, response) =>
      received.method === "POST" ? handler(received, response) : undefined;

  it("ends with 3 where it is not processed in time", async () => {
    const { upload, received } = await server({ pending: 1_000 });

    const outcome = await upload(one, ["--timeout", "3s"]);

    expect(outcome).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringMatching(/not processed within 3 seconds[\s\S]*\[UPLOAD_PENDING\]/),
    });
    expect(received.length).toBeLessThan(8);
  });

  it("ends with 3 and uploads nothing twice where the connection breaks off", async () => {
    const { upload, received } = await server(
      {},
      onPost((_, response) => void response.destroy()),
    );

    const outcome = await upload(one);

    expect(outcome).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("[UPLOAD_UNSURE]") });
    expect(posts(received)).toBe(1);
  });

  it.each([
    { what: "an answer without an id", body: { url: "x" } },
    { what: "an id that is a path", body: { id: "../../user" } },
  ])("ends with 3 after $what", async ({ body }) => {
    const { upload, received } = await server(
      {},
      onPost((_, response) => json(response, body, 202)),
    );

    expect(await upload(one)).toMatchObject({ code: 3, stderr: expect.stringContaining("without an id") });
    expect(received.at(-1)?.method).toBe("POST");
  });

  it("goes on after trouble that passes, when GitHub wants it", async () => {
    let tries = 0;
    const limited = onPost((_, response) => {
      tries += 1;
      if (tries === 1)
        json(response, { message: "You have exceeded a secondary rate limit" }, 403, { "retry-after": "1" });
      if (tries === 2) json(response, {}, 503);
    });
    const { upload, scanning, received } = await server({}, limited);

    expect(await upload(one)).toMatchObject({ code: 0, stderr: "" });
    expect({ posts: posts(received), taken: scanning.taken.length }).toEqual({ posts: 3, taken: 1 });
  });
});

describe("the credential", () => {
  it("is named where it is missing, and never shown where it was put in the wrong place", async () => {
    const { base } = await server();
    const cwd = await laidOut(join(scratch, "missing"), {});
    await writeFile(join(cwd, "a.sarif"), sarifOf(runOf([1])));
    const secret = ["gh", "p_", "Ab1".repeat(12)].join("");
    const upload = (...more: string[]) =>
      run({ args: ["upload", "sarif", "a.sarif", "--base-url", base, ...place, ...more], cwd });

    const [missing, misplaced] = [await upload(), await upload("--token-env", secret)];

    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("TOKENWARD_GITHUB_TOKEN or GITHUB_TOKEN is not set"),
    });
    expect(misplaced).toMatchObject({ code: 2, stderr: expect.stringContaining("[UPLOAD_CREDENTIAL_MISSING]") });
    expect(misplaced.stderr).not.toContain(secret);
  });

  it("is not sent in the open", async () => {
    const cwd = await laidOut(join(scratch, "open"), { "a.sarif": sarifOf(runOf([1])) });
    const args = ["upload", "sarif", "a.sarif", ...place, "--base-url", "http://git.example.com"];

    expect(await run({ args, cwd, env: { GITHUB_TOKEN: TOKEN } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("in the open"),
    });
  });
});
