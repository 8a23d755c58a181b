import { describe, expect, it } from "vitest";
import { pathMatcher } from "../../src/enrich/path-pattern.ts";

const fits = (pattern: string, path: string, isAnywhere = false) => pathMatcher(pattern, isAnywhere)(path.split("/"));

describe("a pattern of a CODEOWNERS file does not fit", () => {
  it.each([
    { pattern: "/build/logs/", path: "src/build/logs/a" },
    { pattern: "/build/logs/", path: "build/logs" },
    { pattern: "docs/*", path: "docs/app/troubleshooting.md" },
    { pattern: "docs/*", path: "x/docs/a.md" },
    { pattern: "apps/", path: "apps" },
    { pattern: "/*", path: "a/b" },
    { pattern: "*.js", path: "a.jsx" },
    { pattern: "docs/**", path: "docs" },
    { pattern: "a/**/b", path: "ab" },
    { pattern: "a/**/b/c", path: "a/b" },
    { pattern: "a?c", path: "abbc" },
    { pattern: "a?c", path: "a/c" },
    { pattern: "/a*c", path: "ab/c" },
    { pattern: "README", path: "readme" },
    { pattern: "apps/github", path: "x/apps/github" },
    { pattern: "?*?", path: "a" },
  ])("$pattern on $path", ({ pattern, path }) => {
    expect(fits(pattern, path)).toBe(false);
  });
});

describe("a pattern of a CODEOWNERS file fits", () => {
  it.each([
    { pattern: "*", path: "a/b/c" },
    { pattern: "*.js", path: "a/b.js" },
    { pattern: "/build/logs/", path: "build/logs/2030/a.log" },
    { pattern: "docs/*", path: "docs/getting-started.md" },
    { pattern: "apps/", path: "x/apps/y/z" },
    { pattern: "/docs", path: "docs/a/b" },
    { pattern: "**/logs", path: "deeply/nested/logs/a" },
    { pattern: "**/logs", path: "logs" },
    { pattern: "docs/**", path: "docs/a/b" },
    { pattern: "a/**/b", path: "a/b" },
    { pattern: "a/**/b", path: "a/x/y/b" },
    { pattern: "a/**/b/*.c", path: "a/b/x/b/y.c" },
    { pattern: "/**/x", path: "a/b/x" },
    { pattern: "**", path: "a/b" },
    { pattern: "/*", path: "a" },
    { pattern: "a?c", path: "x/abc" },
    { pattern: "r?le*s.y?l", path: "rules-and-roles.yml" },
    { pattern: ".github/workflows/*.yml", path: ".github/workflows/release.yml" },
    { pattern: "a**b", path: "axxb" },
    { pattern: "//a//b", path: "a/b" },
  ])("$pattern on $path", ({ pattern, path }) => {
    expect(fits(pattern, path)).toBe(true);
  });

  it("in every folder where GitLab reads it", () => {
    expect(fits("apps/github", "x/apps/github", true)).toBe(true);
    expect(fits("/apps/github", "x/apps/github", true)).toBe(false);
  });
});

it("no pattern makes a hostile path slow", () => {
  const path = "a/".repeat(127).split("/");
  const name = [`${"a".repeat(250)}c`];
  const patterns = [
    `${"**/a/".repeat(20)}b`,
    `${"a*".repeat(400)}b`,
    `${"a?*".repeat(300)}b`,
    `**/${"a/".repeat(60)}b`,
  ];

  for (let round = 0; round < 1_000; round += 1)
    for (const pattern of patterns)
      expect([pathMatcher(pattern, true)(path), pathMatcher(pattern, true)(name)]).toEqual([false, false]);
});
