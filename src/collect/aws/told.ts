import type { Check } from "../provider.ts";
import type { Answer, No } from "./ask.ts";

/** An answer as doctor says it. */
export function told(subject: string, answer: Answer<unknown>): Check {
  return answer.outcome === "read" ? { subject, outcome: "ok", detail: "it was answered" } : refused(subject, answer);
}

export function refused(subject: string, { outcome, detail, remedy }: No, always?: "failed"): Check {
  return { subject, outcome: always ?? (outcome === "denied" ? "missing" : "failed"), detail, remedy };
}
