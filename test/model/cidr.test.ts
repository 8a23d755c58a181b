import { describe, expect, it } from "vitest";
import { isCidr, parseCidr } from "../../src/model/cidr.ts";

it.each([
  "",
  "10",
  "10.0.0.0/33",
  "10.0.0/8",
  "256.0.0.0/8",
  "010.0.0.0/8",
  "10.0.0.0/",
  "10.0.0.0/-1",
  "::/129",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7::8",
  "12345::",
  "a.b.c.d",
  "example.org/8",
  "::1.2.3",
  "fe80::1%eth0",
])("%j is no block of addresses", (text) => {
  expect(isCidr(text)).toBe(false);
});

describe("a block of addresses", () => {
  it.each([
    { text: "192.0.2.7", width: 32, length: 32, bits: 0xc0000207n },
    { text: "192.0.2.7/24", width: 32, length: 24, bits: 0xc00002n },
    { text: "0.0.0.0/0", width: 32, length: 0, bits: 0n },
    { text: "::/0", width: 128, length: 0, bits: 0n },
    { text: "2001:DB8::/32", width: 128, length: 32, bits: 0x20010db8n },
    { text: "::ffff:192.0.2.1", width: 128, length: 128, bits: 0xffffc0000201n },
    { text: "2001:db8:0:0:0:0:0:1", width: 128, length: 128, bits: 0x20010db8000000000000000000000001n },
    { text: "1::", width: 128, length: 128, bits: 1n << 112n },
  ])("$text has these first bits", ({ text, width, length, bits }) => {
    expect(parseCidr(text)).toEqual({ width, length, bits });
  });
});
