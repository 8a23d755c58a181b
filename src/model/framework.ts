import type { Policy } from "./documents.gen.ts";

/** Whether a framework's id is meant by a name that may leave out its version: `owasp-nhi` for `owasp-nhi-2025`. */
export function isFramework(id: string, wanted: string): boolean {
  return id === wanted || id.startsWith(`${wanted}-`);
}

/** Every framework that these policies serve a control of, in order. */
export function frameworksOf(policies: readonly Pick<Policy, "controls">[]): string[] {
  return [...new Set(policies.flatMap(({ controls }) => Object.keys(controls)))].sort();
}
