import type { Token } from "../model/documents.gen.ts";

/** What people have written down about a token, each with the line that says it; nothing where nobody has. */
export function originRows({ owner, principal, environment, facts }: Token): string[][] {
  const rows: string[][] = [];
  if (facts?.owner) rows.push(["owner", ownerText(owner ?? "nobody", facts.owner)]);
  if (facts?.principal)
    rows.push([
      "acts as",
      `${principal?.name ?? principal?.id ?? ""}, ${facts.principal.state} (${facts.principal.by})`,
    ]);
  if (facts?.environment) {
    const { by, told } = facts.environment;
    const instead = told === undefined ? "" : `; the source says ${told}`;
    rows.push(["environment", `${environment} (${by}${instead})`]);
  }
  return rows;
}

type Owner = NonNullable<NonNullable<Token["facts"]>["owner"]>;

function ownerText(name: string, { type, team, contact, state, by }: Owner): string {
  const details = [
    type === "person" && team !== undefined ? `of ${team}` : undefined,
    contact,
    type === undefined ? undefined : `a ${type}`,
    state,
  ];
  return `${[name, ...details.filter((one) => one !== undefined)].join(", ")} (${by})`;
}
