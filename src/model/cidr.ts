/** A block of addresses: its version, its first bits and how many of them count. */
export interface Cidr {
  width: 32 | 128;
  bits: bigint;
  length: number;
}

/** Whether a text is a block of addresses, `192.0.2.0/24` or `2001:db8::/32`; a single address is the block of itself. */
export function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

export function parseCidr(text: string): Cidr | undefined {
  const [, address = "", digits] = /^([0-9a-fA-F:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = address.includes(":") ? sixteenBytes(address) : fourBytes(address);
  if (!bytes) return undefined;
  const width = bytes.length === 4 ? 32 : 128;
  const length = digits === undefined ? width : Number(digits);
  if (length > width) return undefined;
  const all = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { width, bits: all >> BigInt(width - length), length };
}

function fourBytes(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number);
}

/** `::` stands once for as many zeros as are missing. */
function sixteenBytes(text: string): number[] | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const [first, last] = [groupBytes(head), groupBytes(tail ?? "")];
  if (!first || !last) return undefined;
  const missing = 16 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...first, ...new Array<number>(missing).fill(0), ...last];
}

function groupBytes(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const four = index === groups.length - 1 && group.includes(".") ? fourBytes(group) : undefined;
    if (four) bytes.push(...four);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return undefined;
  }
  return bytes;
}
