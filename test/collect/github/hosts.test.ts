import { expect, it } from "vitest";
import { hostsOf, segment } from "../../../src/collect/github/hosts.ts";

it.each([
  {
    base: undefined,
    rest: "https://api.github.com",
    graphql: "https://api.github.com/graphql",
    web: "https://github.com",
    isServer: false,
  },
  {
    base: "https://api.acme.ghe.com/",
    rest: "https://api.acme.ghe.com",
    graphql: "https://api.acme.ghe.com/graphql",
    web: "https://acme.ghe.com",
    isServer: false,
  },
  {
    base: "https://ghes.acme.example/api/v3/",
    rest: "https://ghes.acme.example/api/v3",
    graphql: "https://ghes.acme.example/api/graphql",
    web: "https://ghes.acme.example",
    isServer: true,
  },
  {
    base: "https://ghes.acme.example:8443",
    rest: "https://ghes.acme.example:8443/api/v3",
    graphql: "https://ghes.acme.example:8443/api/graphql",
    web: "https://ghes.acme.example:8443",
    isServer: true,
  },
])("knows the places of $base", ({ base, ...hosts }) => {
  expect(hostsOf(base)).toEqual(hosts);
});

it.each([
  { name: "", is: undefined },
  { name: ".", is: undefined },
  { name: "..", is: undefined },
  { name: "eu/west", is: "eu%2Fwest" },
  { name: "a\ud800", is: "a%EF%BF%BD" },
])("makes $name a part of a path, or none", ({ name, is }) => {
  expect(segment(name)).toBe(is);
});
