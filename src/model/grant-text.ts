import type { Grant } from "./documents.gen.ts";
import { maskSecrets } from "./mask.ts";

const ACCESS = /^(read|write|admin|unknown)\s+(?=\S)/;

/**
 * Grants as one line of text, separated by `;`: `write contents@acme/shop; read metadata`. Each is a scope, with the
 * access before it (else unknown) and the resource after an `@` (else everything the token reaches).
 */
export function parseGrants(text: string, family = ""): Grant[] {
  // Taken apart at its `@`, an address with a password in it would no longer look like one.
  return maskSecrets(text)
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => parseGrant(part, family));
}

function parseGrant(text: string, family: string): Grant {
  const access = ACCESS.exec(text);
  const rest = text.slice(access?.[0].length ?? 0);
  const [scope = "", ...resource] = rest.split("@");
  return {
    family,
    scope: scope.trim(),
    access: (access?.[1] ?? "unknown") as Grant["access"],
    resource: resource.join("@").trim() || "*",
  };
}
