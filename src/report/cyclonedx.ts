import type { InventoryHeader, Token } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { json } from "../model/text.ts";
import { webUri } from "./escape.ts";
import { gapText } from "./sentence.ts";

/** Grants told of a token; a policy document may have thousands. */
const GRANTS = 100;

const states = {
  active: "active",
  pending: "pre-activation",
  disabled: "suspended",
  expired: "deactivated",
  revoked: "destroyed",
} as const satisfies Record<NonNullable<Token["status"]>, string>;

/** CycloneDX 1.6: each token is a cryptographic asset of type related-crypto-material; whether the list is whole stands in `compositions`. */
export async function* renderCyclonedx(
  { tool, as_of }: InventoryHeader,
  items: AsyncIterable<Collected>,
): AsyncIterable<string> {
  const tools = { components: [{ type: "application", name: tool.name, version: tool.version }] };
  yield `{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "version": 1,\n`;
  yield `  "metadata": ${json({ timestamp: as_of, tools })},\n  "components": [`;
  const gaps: string[] = [];
  let count = 0;
  for await (const item of items) {
    if ("token" in item) yield `${count++ === 0 ? "" : ","}\n    ${json(component(item.token))}`;
    else gaps.push(...gapText(item.coverage));
  }
  const isWhole = gaps.length === 0 && count > 0;
  yield `${count === 0 ? "" : "\n  "}],\n  "compositions": ${json([{ aggregate: isWhole ? "complete" : "incomplete" }])}`;
  if (gaps.length > 0) yield `,\n  "properties": ${json(gaps.map((value) => ({ name: "tokenward:unread", value })))}`;
  yield "\n}\n";
}

function component(token: Token): object {
  const { id, name, kind, created, rotated, expires, status } = token;
  const link = token.evidence?.url === undefined ? undefined : webUri(token.evidence.url);
  const material = {
    type: /(?:key|secret)$/.test(kind) ? "credential" : "token",
    id,
    ...(status ? { state: states[status] } : {}),
    ...(created ? { creationDate: created } : {}),
    ...(rotated ? { updateDate: rotated } : {}),
    ...(expires ? { expirationDate: expires } : {}),
  };
  return {
    type: "cryptographic-asset",
    "bom-ref": id,
    name: name === "" ? id : name,
    cryptoProperties: { assetType: "related-crypto-material", relatedCryptoMaterialProperties: material },
    ...(link ? { externalReferences: [{ type: "other", url: link }] } : {}),
    properties: propertiesOf(token),
  };
}

/** What the format has no word for. A date that is known to be never, and one that nobody knows, are both absent above; here they differ. */
function propertiesOf(token: Token): object[] {
  const { provider, account, kind, owner, principal, environment, last_used, grants = [], unknown } = token;
  const never = (["expires", "rotated", "last_used"] as const).filter((field) => token[field] === null);
  const left = grants.length - GRANTS;
  const pairs: [string, string | null | undefined][] = [
    ["provider", provider],
    ["account", account],
    ["kind", kind],
    ["owner", owner],
    ["principal", principal ? `${principal.type} ${principal.id}` : undefined],
    ["environment", environment],
    ["last_used", last_used],
    ...never.map((field): [string, string] => [field, "never"]),
    ...grants
      .slice(0, GRANTS)
      .map((grant): [string, string] => [
        "grant",
        [grant.access, grant.scope, grant.resource].filter(Boolean).join(" "),
      ]),
    ...(left > 0 ? [["grant", `and ${left} more`] as [string, string]] : []),
    ...Object.entries(unknown).map(([field, reason]): [string, string] => [`unknown:${field}`, reason]),
  ];
  return pairs.flatMap(([name, value]) => (value ? [{ name: `tokenward:${name}`, value }] : []));
}
