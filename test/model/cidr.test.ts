import { describe, expect, it } from "vitest";
import { type Cidr, isCidr, isWithin, parseCidr } from "../../src/model/cidr.ts";

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

describe("one block within another", () => {
  it.each([
    { inner: "192.0.2.128/25", outer: "192.0.2.0/24", is: true },
    { inner: "192.0.2.0/24", outer: "192.0.2.0/24", is: true },
    { inner: "192.0.2.7", outer: "0.0.0.0/0", is: true },
    { inner: "192.0.2.7/24", outer: "192.0.2.0/24", is: true },
    { inner: "2001:db8::ff/128", outer: "2001:DB8::/32", is: true },
    { inner: "::ffff:192.0.2.1", outer: "::/0", is: true },
    { inner: "2001:db8:0:0:0:0:0:1", outer: "2001:db8::1", is: true },
    { inner: "192.0.2.0/23", outer: "192.0.2.0/24", is: false },
    { inner: "192.0.3.0/24", outer: "192.0.2.0/24", is: false },
    { inner: "192.0.2.0/24", outer: "::/0", is: false },
    { inner: "::/0", outer: "0.0.0.0/0", is: false },
    { inner: "2001:db9::/32", outer: "2001:db8::/32", is: false },
  ])("$inner in $outer: $is", ({ inner, outer, is }) => {
    expect(isWithin(parseCidr(inner) as Cidr, parseCidr(outer) as Cidr)).toBe(is);
  });
});
