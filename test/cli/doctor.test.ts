import { expect, it } from "vitest";
import { exitCode } from "../../src/cli/doctor.ts";

const none = { ok: 5, missing: 0, failed: 0, extra: 0, unknown: 0, note: 1 };

it.each([
  { what: "missing", counts: { missing: 1 }, code: 3, strict: 3 },
  { what: "failed", counts: { failed: 1, extra: 1 }, code: 3, strict: 3 },
  { what: "extra", counts: { extra: 2 }, code: 0, strict: 3 },
  { what: "unknown", counts: { unknown: 1 }, code: 0, strict: 3 },
  { what: "well", counts: {}, code: 0, strict: 0 },
])("ends with $code where something is $what, and with $strict where warnings fail too", ({ counts, code, strict }) => {
  const summary = { ...none, ...counts };

  expect([exitCode(summary, false), exitCode(summary, true)]).toEqual([code, strict]);
});
