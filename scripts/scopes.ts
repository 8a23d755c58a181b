/**
 * Writes `policies/data/scopes/` from a folder of catalogues as they were researched, one JSON list of
 * `{family, scope, access, risk, implies, note, …}` for each provider: only what is used, one entry per line.
 * Run as `tsx scripts/scopes.ts <folder> <services>`, where services is iam-data's `data/serviceNames.json`: the catalogue of
 * AWS lists only the actions that matter, and its services tell an action that is merely ordinary from one that does not exist.
 * Corrections stay apart, in `policies/data/scope-corrections.json`.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Row {
  family: string;
  scope: string;
  access: string;
  risk: string;
  implies: string[];
  note: string;
  forms?: string[];
  formRisk?: Record<string, string>;
}

const out = fileURLToPath(new URL("../policies/data/scopes/", import.meta.url));
const [folder, services] = process.argv.slice(2);
if (!folder || !services) throw new Error("usage: tsx scripts/scopes.ts <folder of catalogues> <services of AWS>");
await mkdir(out, { recursive: true });
for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json")).sort()) {
  const rows = JSON.parse(await readFile(join(folder, file), "utf8")) as Row[];
  const provider = file.replace(/\.json$/, "");
  if (provider === "aws") rows.push(...(await awsServices(services)));
  await writeFile(
    join(out, file),
    catalogue(
      provider,
      rows.flatMap((row) => withForms(row, rows)),
    ),
  );
}

async function awsServices(path: string): Promise<Row[]> {
  const names = Object.keys(JSON.parse(await readFile(path, "utf8")) as object);
  return names.map((scope) => ({ family: "service", scope, access: "write", risk: "medium", implies: [], note: "" }));
}

/** `{"<provider>": {"<family>": {"<scope>": "wh" or ["wh", "<implied>", …]}}}`, families and scopes in order. */
function catalogue(provider: string, rows: readonly Row[]): string {
  const known = new Set(rows.map(({ family, scope }) => `${family} ${scope}`));
  const families = [...new Set(rows.map(({ family }) => family))].sort();
  const blocks = families.map((family) => {
    const entries = rows
      .filter((row) => row.family === family)
      .map((row) => [row.scope, value(row, known)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([scope, code]) => `${JSON.stringify(scope)}:${JSON.stringify(code)}`);
    return `${JSON.stringify(family)}:{\n${entries.join(",\n")}\n}`;
  });
  return `{${JSON.stringify(provider)}:{\n${blocks.join(",\n")}\n}}\n`;
}

function value(row: Row, known: ReadonlySet<string>): string | string[] {
  const code = `${row.access.charAt(0)}${row.risk.charAt(0)}${marks(row)}`;
  const implied = [...row.implies, ...notablePermissions(row, known)];
  return implied.length === 0 ? code : [code, ...implied];
}

/** What the data set behind the AWS managed policies says of them: `e` privilege escalation, `k` credential exposure. */
function marks({ family, note }: Row): string {
  if (family !== "managed-policy") return "";
  return `${note.includes("privilege escalation") ? "e" : ""}${note.includes("credential exposure") ? "k" : ""}`;
}

/** A role's note names the permissions that make it dangerous; those that have an entry are implied, as `permission/<name>`. */
function notablePermissions({ family, note }: Row, known: ReadonlySet<string>): string[] {
  if (family !== "role" || !note.includes("Notable: ")) return [];
  return (note.split("Notable: ")[1] ?? "")
    .split(/[ ,]+/)
    .map((word) => word.replace(/\.$/, ""))
    .filter((word) => known.has(`permission ${word}`))
    .map((word) => `permission/${word}`);
}

/** A Graph permission is riskier as an application's than when delegated by a user: a family for each form that it has. */
function withForms(row: Row, rows: readonly Row[]): Row[] {
  const { forms = [], formRisk = {} } = row;
  if (row.family !== "graph") return [row];
  const formed = (["application", "delegated"] as const)
    .filter((form) => forms.includes(form))
    .map((form) => ({
      ...row,
      family: `graph-${form}`,
      risk: formRisk[form] ?? row.risk,
      implies: row.implies.filter((name) => rows.some(({ scope, forms }) => scope === name && forms?.includes(form))),
    }));
  return [row, ...formed];
}
