import { BlockList } from "node:net";

/** Whether every address of some CIDR blocks is in others; a block that cannot be read is only in itself. */
export function isWithin(blocks: readonly string[], others: readonly string[]): boolean {
  const same = new Set(others);
  const parsed = others.flatMap((other) => parse(other) ?? []);
  return blocks.every((text) => {
    if (same.has(text)) return true;
    const block = parse(text);
    return block !== undefined && parsed.some((other) => holds(other, block));
  });
}

interface Block {
  address: string;
  prefix: number;
  family: "ipv4" | "ipv6";
}

function holds(outer: Block, inner: Block): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.prefix, outer.family);
  return list.check(inner.address, inner.family);
}

const BLOCK = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?$/;

function parse(text: string): Block | undefined {
  const [, address, length] = BLOCK.exec(text) ?? [];
  if (address === undefined) return undefined;
  const family = address.includes(":") ? "ipv6" : "ipv4";
  const block = { address, prefix: Number(length ?? (family === "ipv6" ? 128 : 32)), family } as const;
  try {
    new BlockList().addSubnet(block.address, block.prefix, block.family);
  } catch {
    return undefined;
  }
  return block;
}
