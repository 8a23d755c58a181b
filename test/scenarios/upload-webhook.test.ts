import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signed } from "../../src/upload/webhook.ts";
import { run } from "../support/command.ts";
import { type Handler, json, loopbacks } from "../support/loopback.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const loopback = loopbacks();
const SECRET = ["made", "up", "signing", "0123456789"].join("-");
const report = '{ "tokens": ["naïve"] }\n';
let folders = 0;

async function hook(handler: Handler) {
  const server = await loopback(handler);
  const send = async (more: readonly string[] = [], env: Record<string, string> = {}, file = "tokens.json") => {
    folders += 1;
    const cwd = await laidOut(join(scratch, `hook-${folders}`), { [file]: report });
    const url = env.TOKENWARD_WEBHOOK_URL === undefined ? ["--url", `${server.base}/hooks/acme?to=board`] : [];
    return run({
      args: ["upload", "webhook", file, ...url, ...more],
      cwd,
      env: { TOKENWARD_WEBHOOK_SECRET: SECRET, ...env },
    });
  };
  return { ...server, send };
}

const inTurn = (...handlers: Handler[]): Handler => {
  let next = 0;
  return (received, response) => handlers[Math.min(next++, handlers.length - 1)]?.(received, response);
};
const fine: Handler = (_, response) => void response.writeHead(204).end();
const page: Handler = (_, response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<html>ok</html>");
const cut: Handler = (_, response) => void response.destroy();
const status =
  (code: number, body: unknown = {}, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    json(response, body, code, headers);

// Trying again waits in real time, so the tests do it beside each other.
describe.concurrent("upload webhook", () => {
  it("posts the file as it is, signed, and says who took it", async () => {
    const { base, received, send } = await hook(fine);

    const outcome = await send(["--id", "nightly-7"]);

    const [one] = received;
    const timestamp = Number(one?.headers["webhook-timestamp"]);
    expect(outcome).toEqual({
      code: 0,
      stderr: "",
      stdout: `tokens.json: taken by ${new URL(base).host} with 204, as nightly-7\n`,
    });
    expect(one).toMatchObject({ method: "POST", path: "/hooks/acme?to=board", body: report });
    expect(one?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "nightly-7",
      ...signed({ bytes: Buffer.from(report), id: "nightly-7", secret: SECRET, timestamp }),
    });
    expect(Math.abs(Date.now() / 1_000 - timestamp)).toBeLessThan(100);
  });

  it.each([
    { file: "tokens.sarif", type: "application/sarif+json" },
    { file: "tokens.HTML", type: "text/html; charset=utf-8" },
    { file: "tokens", type: "application/octet-stream" },
  ])("says what $file is", async ({ file, type }) => {
    const { received, send } = await hook(page);

    expect(await send([], {}, file)).toMatchObject({ code: 0, stderr: "" });
    expect(received[0]?.headers["content-type"]).toBe(type);
  });

  it("tries again, with the same id", async () => {
    const { received, send } = await hook(inTurn(cut, status(503), status(429, {}, { "retry-after": "1" }), fine));

    expect(await send()).toMatchObject({ code: 0, stderr: "" });
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(received.every(({ body }) => body === report)).toBe(true);
  });
});

describe.concurrent("what is not taken", () => {
  it.each([
    {
      what: "a refusal",
      handler: status(401, { message: "bad signature" }),
      code: 2,
      told: "401: bad signature",
      tries: 1,
    },
    {
      what: "a redirect",
      handler: status(307, {}, { location: "/elsewhere" }),
      code: 2,
      told: "was redirected",
      tries: 1,
    },
    { what: "trouble that stays", handler: status(500), code: 3, told: "answered 500", tries: 5 },
    { what: "no answer at all", handler: cut, code: 3, told: "broke off", tries: 5 },
  ])("ends with $code after $what", async ({ handler, code, told, tries }) => {
    const { received, send } = await hook(handler);

    expect(await send()).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(told) });
    expect(received).toHaveLength(tries);
  });

  it("shows what was answered, without secrets, cursors and commands, and not all of it", async () => {
    const answer = `\u001b[2J::error::no\nsecret=${SECRET} ${"x".repeat(5_000)}`;
    const { send } = await hook((_, response) => void response.writeHead(400).end(answer));

    const { code, stderr } = await send();

    expect({ code, told: stderr.includes("it said: \\u001b[2J") }).toEqual({ code: 2, told: true });
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain("\u001b");
    expect(stderr.length).toBeLessThan(1_500);
  });

  it("hides an address that was given as a secret", async () => {
    const { base, send } = await hook(status(403, {}));
    const path = "/services/T0000/B0000/very-long-and-secret-part";

    const { code, stdout, stderr } = await send([], { TOKENWARD_WEBHOOK_URL: `${base}${path}` });

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("answered 403");
    expect(stderr).not.toContain("very-long");
  });

  it.each([
    { what: "no address", args: [], env: { TOKENWARD_WEBHOOK_SECRET: SECRET }, code: "WEBHOOK_URL_MISSING" },
    {
      what: "an address in the open",
      args: ["--url", "http://hooks.example.com"],
      env: { TOKENWARD_WEBHOOK_SECRET: SECRET },
      code: "WEBHOOK_URL",
    },
    { what: "no secret", args: ["--url", "https://hooks.example.com"], env: {}, code: "WEBHOOK_SECRET" },
    {
      what: "a short secret",
      args: ["--url", "https://hooks.example.com"],
      env: { TOKENWARD_WEBHOOK_SECRET: "short" },
      code: "WEBHOOK_SECRET",
    },
    {
      what: "no file",
      args: ["--url", "http://127.0.0.1:1"],
      env: { TOKENWARD_WEBHOOK_SECRET: SECRET },
      code: "UPLOAD_FILE",
      file: "gone.json",
    },
  ])("is not sent with $what", async ({ args, env, code, file = "tokens.json" }) => {
    folders += 1;
    const cwd = await laidOut(join(scratch, `unsent-${folders}`), { "tokens.json": report });

    const outcome = await run({ args: ["upload", "webhook", file, ...args], cwd, env: env as Record<string, string> });

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(`[${code}]`) });
  });
});
