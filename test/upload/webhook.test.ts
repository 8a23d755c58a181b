import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { hookSecret, hookUrl, signed } from "../../src/upload/webhook.ts";
import { repository } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const secret = ["a made up", "secret", "of this test"].join(" ");
const timestamp = 1_893_456_000;
const id = "delivery-1";
const body = Buffer.from([...Buffer.from('{"naïve": "…"}\n'), 0, 255]);

describe("an address", () => {
  it.each([
    { text: "hooks.example.com/x", told: /no absolute URL/ },
    { text: "ftp://hooks.example.com/x", told: /only https/ },
    { text: "http://hooks.example.com/x", told: /in the open/ },
    { text: "http://127.0.0.1.example.com/x", told: /in the open/ },
    { text: "https://user:word@hooks.example.com/x", told: /user name or password/ },
  ])("is refused: $text", ({ text, told }) => {
    expect(() => hookUrl(text, "--url")).toThrow(told);
  });

  it.each(["https://hooks.example.com/x?sig=abc", "http://127.0.0.1:8080/x", "http://localhost/x"])(
    "is taken: %s",
    (text) => {
      expect(hookUrl(text, "--url").href).toBe(text);
    },
  );
});

describe("a secret", () => {
  it.each([
    { text: undefined, told: /SECRET is not set/ },
    { text: "  ", told: /SECRET is not set/ },
    { text: "fifteen letters", told: /fewer than 16/ },
  ])("is refused: $text", ({ text, told }) => {
    expect(() => hookSecret(text, "SECRET")).toThrow(told);
  });

  it("is used without the line end that a file leaves", () => {
    expect(hookSecret(`${secret}\n`, "SECRET")).toBe(secret);
  });
});

describe("a signature", async () => {
  const page = await readFile(join(repository, "docs/upload.md"), "utf8");
  const snippet = (language: string) =>
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "m").exec(page)?.[1] ?? "";
  const folder = await laidOut(scratch, {
    "verify.mjs": snippet("js"),
    "verify.py": snippet("python"),
    "ask.mjs":
      'import { isGenuine } from "./verify.mjs";\nconst { headers, body, secret, now } = JSON.parse(process.argv[2]);\nconsole.log(isGenuine(headers, Buffer.from(body, "base64"), secret, now));\n',
    "ask.py":
      "import base64, json, sys\nfrom verify import is_genuine\nasked = json.loads(sys.argv[1])\nprint(str(is_genuine(asked['headers'], base64.b64decode(asked['body']), asked['secret'], asked['now'])).lower())\n",
  });
  const languages = [
    { language: "Node", program: process.execPath, file: "ask.mjs" },
    { language: "Python", program: "python3", file: "ask.py" },
  ];

  const genuine = {
    headers: signed({ bytes: body, id, secret, timestamp }),
    body: body.toString("base64"),
    secret,
    now: timestamp,
  };
  const cases = [
    { what: "is genuine", change: {}, expected: true },
    { what: "is genuine five minutes later", change: { now: timestamp + 300 }, expected: true },
    { what: "is too old", change: { now: timestamp + 301 }, expected: false },
    { what: "has another body", change: { body: Buffer.from("other").toString("base64") }, expected: false },
    { what: "is under another secret", change: { secret: `${secret}!` }, expected: false },
    {
      what: "has another id",
      change: { headers: { ...genuine.headers, "webhook-id": "delivery-2" } },
      expected: false,
    },
    {
      what: "has another time",
      change: { headers: { ...genuine.headers, "webhook-timestamp": `${timestamp + 1}` } },
      expected: false,
    },
    {
      what: "has no signature",
      change: { headers: { "webhook-id": id, "webhook-timestamp": `${timestamp}` } },
      expected: false,
    },
    { what: "has no headers", change: { headers: {} }, expected: false },
  ];

  it.each(languages.flatMap((one) => cases.map((other) => ({ ...one, ...other }))))(
    "$what by the lines of the page in $language: $expected",
    async ({ program, file, change, expected }) => {
      const asked = JSON.stringify({ ...genuine, ...change });

      const { stdout } = await promisify(execFile)(program, [file, asked], { cwd: folder });

      expect(stdout.trim()).toBe(String(expected));
    },
  );

  it("under a secret with the prefix of the specification has the decoded bytes as its key", () => {
    const encoded = `whsec_${Buffer.from(secret).toString("base64")}`;

    const [plain, prefixed] = [secret, encoded].map((one) => signed({ bytes: body, id, secret: one, timestamp }));

    expect(prefixed).toEqual(plain);
  });
});
