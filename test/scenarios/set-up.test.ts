import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { codeScanning } from "../support/code-scanning.ts";
import { repository, run } from "../support/command.ts";
import { type Handler, loopback } from "../support/loopback.ts";
import { laidOut, readingTokens, scratchFolder } from "../support/scratch.ts";
import { shellWithTokenward } from "../support/shell.ts";

const scratch = await scratchFolder();
const script = await shellWithTokenward(scratch);
const git = promisify(execFile);
const TOKEN = ["made", "up", "credential", "0123456789"].join("-");
const SECRET = ["made", "up", "signing", "0123456789"].join("-");
const textOf = (path: string) => readFile(join(repository, path), "utf8");
const fine: Handler = (_, response) => void response.writeHead(204).end();

const broad = "on: push\npermissions: write-all\njobs:\n  ship: { runs-on: ubuntu-latest, steps: [{ run: make }] }\n";
const narrow =
  "on: push\npermissions: {}\njobs:\n  test: { runs-on: ubuntu-latest, permissions: { contents: read }, steps: [{ run: make }] }\n";

describe("the Dockerfile", async () => {
  const instructions = (await textOf("Dockerfile"))
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, "")
    .split("\n")
    .flatMap((line) => {
      const [, name = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return line.trim() === "" ? [] : [{ name, rest }];
    });
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
  const all = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);

  it("has no instruction that we do not know", () => {
    const known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"];

    expect(instructions.filter(({ name }) => !known.includes(name))).toEqual([]);
  });

  const bases = all("FROM").map((from) => /^(?:--platform=\S+ )?(\S+)(?: AS build)?$/.exec(from)?.[1] ?? from);

  it("names its base images to the patch, with or without their digest", () => {
    expect(bases).toHaveLength(2);
    for (const base of bases)
      expect(base).toMatch(/^node:\d+\.\d+\.\d+-[a-z]+[\d.]*(?:-slim)?(?:@sha256:[0-9a-f]{64})?$/);
  });

  it("is told in the docs with the tags that it has, and as pinned only where there are digests", async () => {
    const docs = await textOf("docs/ci.md");

    for (const base of bases) expect(docs).toContain(`docker buildx imagetools inspect ${base.split("@")[0]}`);
    expect(docs.includes("by tag, not by digest")).toBe(bases.every((base) => !base.includes("@")));
  });

  it("fetches nothing but what the lock file names, and runs no script of it", () => {
    expect(all("RUN").filter((text) => /\b(?:curl|wget|apt|apk|npx|npm (?:i|install))\b/.test(text))).toEqual([]);
    expect(all("RUN")[0]).toBe("npm ci --ignore-scripts --omit=peer");
  });

  it("takes into the image what the package holds, and nothing else", () => {
    expect(last.filter(({ name }) => name === "COPY").map(({ rest }) => rest)).toEqual([
      "--from=build /build/package /opt/tokenward",
    ]);
  });

  it("runs as a number that is not root, last of all", () => {
    const users = last.filter(({ name }) => name === "USER").map(({ rest }) => rest);

    expect(users).toEqual(["1000:1000"]);
    expect(last.slice(last.findIndex(({ name }) => name === "USER")).some(({ name }) => name === "RUN")).toBe(false);
  });

  it("starts without a shell", () => {
    expect(JSON.parse(all("ENTRYPOINT")[0] ?? "")).toEqual(["tokenward"]);
    expect(JSON.parse(all("CMD")[0] ?? "")).toEqual(["--help"]);
  });

  it("builds from what its ignore file lets through", async () => {
    const [everything, ...let_in] = (await textOf(".dockerignore")).split("\n").filter((line) => /^[^#]/.test(line));
    const cwd = await laidOut(join(scratch, "image"), {});
    for (const path of let_in) await cp(join(repository, path.slice(1)), join(cwd, path.slice(1)), { recursive: true });
    await symlink(join(repository, "node_modules"), join(cwd, "node_modules"));

    const { code, said } = await script(cwd, all("RUN")[1] ?? "exit 99", { HOME: scratch });

    expect({ everything, isAllowList: let_in.every((line) => /^!\.?[\w-]+/.test(line)) }).toEqual({
      everything: "*",
      isAllowList: true,
    });
    expect(code, said).toBe(0);
    const { stdout } = await git(join(cwd, "package/dist/cli/main.js"), ["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("the hook of pre-commit", async () => {
  const [hook] = parse(await textOf(".pre-commit-hooks.yaml")) as [
    { entry: string; args: string[]; files: string; pass_filenames: boolean },
  ];

  /** As pre-commit does it: files are matched where they are staged, and what is staged is what lies there. */
  async function committed(folder: string, files: Record<string, string>) {
    const cwd = await laidOut(join(scratch, folder), files);
    await git("git", ["init", "-q"], { cwd });
    await git("git", ["add", "."], { cwd });
    const { stdout } = await git("git", ["diff", "--cached", "--name-only"], { cwd });
    const matched = stdout.split("\n").filter((path) => new RegExp(hook.files).test(path));
    if (matched.length === 0) return { code: 0, said: "skipped" };
    return script(cwd, [hook.entry, ...hook.args, ...(hook.pass_filenames ? matched : [])].join(" "));
  }

  it("stops a commit of a workflow whose token may do too much, and names the line", async () => {
    const { code, said } = await committed("hook-broad", { ".github/workflows/ship.yml": broad });

    expect(code).toBe(1);
    expect(said).toContain(".github/workflows/ship.yml");
  });

  it.each([
    { what: "a narrow workflow", files: { ".github/workflows/test.yaml": narrow }, said: "PASS" },
    { what: "no workflow", files: { "README.md": "", "docs/.github/workflows/a.yml": broad }, said: "skipped" },
  ])("lets $what through", async ({ what, files, said }) => {
    expect(await committed(`hook ${what}`, files as Record<string, string>)).toEqual({
      code: 0,
      said: expect.stringContaining(said),
    });
  });

  it("asks no network, whatever the configuration of the repository names", async () => {
    const files = {
      "tokenward.yaml": "version: 1\nsources: [{ use: github, organization: acme }]\n",
      ".github/workflows/test.yml": narrow,
    };

    expect(await committed("hook-configured", files)).toMatchObject({ code: 0 });
  });
});

interface CronJob {
  kind: string;
  spec: {
    concurrencyPolicy: string;
    jobTemplate: { spec: { backoffLimit: number; template: { spec: Pod } } };
  };
}

interface Pod {
  restartPolicy: string;
  automountServiceAccountToken: boolean;
  securityContext: { runAsNonRoot: boolean; runAsUser: number };
  volumes: { name: string }[];
  containers: [
    {
      image: string;
      args: [string];
      env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
      securityContext: {
        allowPrivilegeEscalation: boolean;
        readOnlyRootFilesystem: boolean;
        capabilities: { drop: string[] };
      };
      volumeMounts: { name: string; mountPath: string }[];
    },
  ];
}

describe("the CronJob", async () => {
  const [map, cron] = parseAllDocuments(await textOf("examples/kubernetes/cronjob.yaml")).map(
    (one) => one.toJS() as unknown,
  );
  const { kind, spec } = cron as CronJob;
  const pod = spec.jobTemplate.spec.template.spec;
  const [container] = pod.containers;

  it("runs once a night as nobody in particular, with nothing that it does not need", () => {
    expect({ kind, ...spec, jobTemplate: spec.jobTemplate.spec.backoffLimit }).toMatchObject({
      kind: "CronJob",
      concurrencyPolicy: "Forbid",
      jobTemplate: 0,
    });
    expect(pod).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(
      pod.volumes.map(({ name }) => name).toSorted(),
    );
  });

  it("takes secrets from a Secret and nothing but a path from the text", () => {
    const written = container.env.filter(({ value }) => value !== undefined).map(({ name }) => name);

    expect(written).toEqual(["TOKENWARD_CONFIG"]);
    expect(
      container.env
        .filter(({ valueFrom }) => valueFrom)
        .every(({ valueFrom }) => valueFrom?.secretKeyRef.name === "tokenward"),
    ).toBe(true);
  });

  it("has a configuration that is valid", async () => {
    const { data } = map as { data: Record<string, string> };
    const cwd = await laidOut(join(scratch, "config-map"), data);

    expect(await run({ args: ["config", "--show"], cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    {
      what: "findings",
      files: {
        "tokens.csv":
          "kind,native_id,name,account,created,expires\ngithub/classic-pat,1,old,acme,2020-01-01T00:00:00Z,never\n",
      },
      code: 1,
      sent: 1,
    },
    { what: "a gap", files: { "tokens.csv": "[" }, code: 3, sent: 1 },
    { what: "a mistake", files: { "tokenward.yaml": "version: 2\n" }, code: 2, sent: 0 },
  ])("ends as the run did, and tells of it: $what", async ({ what, files, code, sent }) => {
    const { base, received } = await loopback(fine);
    const cwd = await laidOut(join(scratch, `cron ${what}`), { "tokenward.yaml": readingTokens, ...files });
    const env = {
      TOKENWARD_CONFIG: "tokenward.yaml",
      TOKENWARD_WEBHOOK_URL: `${base}/hook`,
      TOKENWARD_WEBHOOK_SECRET: SECRET,
    };

    const ended = await script(cwd, container.args[0], env);

    expect(ended.code, ended.said).toBe(code);
    expect(received).toHaveLength(sent);
  });
});

interface Workflow {
  permissions: object;
  on: { workflow_call: { inputs: object; secrets: object } };
  jobs: {
    nightly: { permissions: object; steps: { id?: string; if?: string; run?: string; env?: Record<string, string> }[] };
  };
}

describe("the nightly workflow", async () => {
  const folder = join(repository, "examples/ci");
  const text = await textOf("examples/ci/.github/workflows/tokenward-nightly.yml");
  const workflow = parse(text) as Workflow;
  const { steps } = workflow.jobs.nightly;
  const scripts = steps.flatMap(({ run: told, env = {} }) => (told === undefined ? [] : [{ text: told, env }]));
  const scriptWith = (word: string) => scripts.find((one) => one.text.includes(word))?.text ?? "exit 99";

  it("is one that tokenward itself finds nothing against", async () => {
    const { code, stdout } = await run({ cwd: folder, args: ["check", "--no-config", "--fail-on", "low"] });

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("PASS  every policy") });
  });

  it("asks for no more than reading and uploading", () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.nightly.permissions).toEqual({ contents: "read", "security-events": "write" });
  });

  it("puts no input and no secret into a script, and the collector's credential beside no other", () => {
    expect(scripts.filter((one) => one.text.includes("${{"))).toEqual([]);
    expect(scripts.filter(({ env }) => env.TOKENWARD_GITHUB_TOKEN && env.GITHUB_TOKEN)).toEqual([]);
  });

  it("names every action by the commit of a release, and says which", () => {
    const used = text.match(/uses: .*/g) ?? [];

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((line) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  /** What the steps of a night do in a folder that has the audits of the nights before. */
  async function night(cwd: string, number: number, env: Record<string, string>) {
    const output = join(cwd, "output");
    await writeFile(output, "");
    const audit = await script(cwd, scriptWith("tokenward audit"), {
      ...env,
      ...{ TOKENWARD_CONFIG: "tokenward.yaml", TOKENWARD_FAIL_ON: "high", TOKENWARD_GITHUB_TOKEN: "" },
      ...{ TOKENWARD_AS_OF: `2030-01-0${number}T00:00:00Z`, GITHUB_OUTPUT: output },
    });
    const folder = /^folder=(.*)$/m.exec(await readFile(output, "utf8"))?.[1] ?? "";
    return { audit, folder };
  }

  it("audits, sums up, uploads and posts in a plain shell, and the next night tells what changed", async () => {
    const scanning = codeScanning({ token: TOKEN });
    const [github, hook] = [await loopback(scanning.handler), await loopback(fine)];
    const cwd = await laidOut(join(scratch, "nightly"), {
      ...{ "tokenward.yaml": "version: 1\n", summary: "", ".github/workflows/ship.yml": broad },
    });
    const runner = {
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: "c".repeat(40),
      GITHUB_API_URL: `${github.base}/api/v3`,
    };

    const { audit, folder } = await night(cwd, 1, runner);
    const given = { ...runner, FOLDER: folder };
    const summed = await script(cwd, scriptWith("GITHUB_STEP_SUMMARY"), {
      ...{ FOLDER: folder, GITHUB_STEP_SUMMARY: join(cwd, "summary") },
    });
    const upload = await script(cwd, scriptWith("upload sarif"), { ...given, GITHUB_TOKEN: TOKEN });
    const post = await script(cwd, scriptWith("upload webhook"), {
      ...{ FOLDER: folder, TOKENWARD_WEBHOOK_URL: `${hook.base}/x`, TOKENWARD_WEBHOOK_SECRET: SECRET },
    });
    const next = await night(cwd, 2, runner);

    expect(
      [audit, summed, upload, post, next.audit].map(({ code }) => code),
      upload.said + post.said,
    ).toEqual([1, 0, 0, 0, 1]);
    expect([folder, next.folder]).toEqual(["audits/2030-01-01T000000Z", "audits/2030-01-02T000000Z"]);
    expect(await readFile(join(cwd, "summary"), "utf8")).toMatch(
      /^ {4}audits\/2030-01-01T000000Z\/index\.html: .*\n\n## /,
    );
    expect(scanning.alerts.size).toBeGreaterThan(0);
    expect(hook.received).toHaveLength(1);
    expect(next.audit.said).toContain("Nothing changed");
  });

  it("names no folder, and so uploads nothing, where nothing was judged", async () => {
    const cwd = await laidOut(join(scratch, "nightly-broken"), {
      ...{ "tokenward.yaml": "version: 2\n" },
      "audits/2029-12-31T000000Z/report.sarif": "{}",
    });

    const { audit, folder } = await night(cwd, 1, {});

    expect({ code: audit.code, folder }).toEqual({ code: 2, folder: "" });
    const after = steps.slice(steps.findIndex(({ id }) => id === "audit") + 1);
    const isGuarded = (step: { if?: string }) => step.if?.includes("!cancelled() && steps.audit.outputs.folder != ''");
    expect(after.length).toBeGreaterThan(3);
    expect(after.filter((step) => !isGuarded(step))).toEqual([]);
  });

  it("uploads nothing of an incomplete audit, and posts nothing where no webhook is set", async () => {
    const cwd = await laidOut(join(scratch, "nightly-incomplete"), { "night/report.json": "{}" });
    const env = { FOLDER: "night", GITHUB_TOKEN: TOKEN, TOKENWARD_WEBHOOK_URL: "", TOKENWARD_WEBHOOK_SECRET: "" };

    expect(await script(cwd, scriptWith("upload sarif"), env)).toEqual({ code: 0, said: "" });
    expect(await script(cwd, scriptWith("upload webhook"), env)).toEqual({ code: 0, said: "" });
  });
});

describe.each([
  { system: "gitlab", made: ["codequality.json", "sast.json"] },
  { system: "azure", made: ["tokenward.xml"] },
])("the nightly audit of $system", ({ system, made }) => {
  it("audits in a plain shell, ends as the audit does, and hands over what the system shows", async () => {
    const cwd = await laidOut(join(scratch, `nightly-${system}`), {
      ...{ "tokenward.yaml": "version: 1\n", ".github/workflows/ship.yml": broad },
    });
    const { stdout } = await run({ cwd, args: ["init", "--ci", system, "--nightly", "--stdout"] });
    const pipeline = parse(stdout) as { "tokenward-nightly"?: { script: string[] }; steps?: { script?: string }[] };
    const scripts = pipeline["tokenward-nightly"]?.script ?? pipeline.steps?.map((step) => step.script ?? "") ?? [];
    const text = scripts.find((one) => one.includes("tokenward audit")) ?? "exit 99";

    const { code, said } = await script(cwd, text, { TOKENWARD_AS_OF: "2030-01-01T00:00:00Z" });

    expect(code, said).toBe(1);
    for (const name of made) expect((await readFile(join(cwd, name), "utf8")).length).toBeGreaterThan(10);
    expect(said).toContain("audits/2030-01-01T000000Z/index.html");
  });
});
