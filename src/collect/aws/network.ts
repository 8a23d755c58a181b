import { isMapping } from "../../model/mapping.ts";
import { statementsOf } from "./documents.ts";

/**
 * The addresses from which alone an identity can do anything. Only a Deny of everything from anywhere else says so for
 * sure; null: no policy of the identity does.
 */
export function networkOf(documents: readonly unknown[]): string[] | null {
  for (const statement of documents.flatMap(statementsOf)) {
    const { Effect, Action, Resource, Condition } = statement;
    if (Effect !== "Deny" || !isAll(Action) || !isAll(Resource) || !isMapping(Condition)) continue;
    const blocks = blocksIn(Condition);
    if (blocks) return blocks;
  }
  return null;
}

function isAll(stated: unknown): boolean {
  return [stated].flat().some((pattern) => typeof pattern === "string" && /^\*+$|^\*:\*$/.test(pattern));
}

/** Every other condition would let some through; that AWS itself may come from elsewhere is how the rule is written. */
function blocksIn({ NotIpAddress, Bool, ...others }: Readonly<Record<string, unknown>>): string[] | undefined {
  if (!isMapping(NotIpAddress) || Object.keys(others).length > 0 || !isAboutAws(Bool)) return undefined;
  const [[key, value] = [], ...more] = Object.entries(NotIpAddress);
  if (key?.toLowerCase() !== "aws:sourceip" || more.length > 0) return undefined;
  const blocks = [value].flat();
  return blocks.length > 0 && blocks.every(isBlock) ? blocks : undefined;
}

function isAboutAws(condition: unknown): boolean {
  if (condition === undefined) return true;
  if (!isMapping(condition)) return false;
  return Object.entries(condition).every(
    ([key, value]) => key.toLowerCase() === "aws:viaawsservice" && String(value) === "false",
  );
}

function isBlock(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f.:]{2,45}(?:\/\d{1,3})?$/i.test(value);
}
