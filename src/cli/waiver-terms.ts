import type { Command } from "commander";
import type { Finding, WaiverEntry } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { dayAfter } from "../model/waiver.ts";
import { ask, type Question } from "./ask.ts";

export type Terms = Pick<WaiverEntry, "reason" | "owner" | "approver" | "expires">;

const names = ["reason", "owner", "approver", "expires"] as const satisfies readonly (keyof Terms)[];

const TEXTS: Readonly<Record<keyof Terms, string>> = {
  reason: "Why may it stand",
  owner: "Who answers for it",
  approver: "Who agreed",
  expires: "Last day on which it counts",
};

/** Days until a waiver ends where nobody says otherwise: long enough to mend something, too short to forget it. */
const SUGGESTED_DAYS = 90;

/** Only a person at a terminal can be asked for what was not given; everybody else is told at once. */
export function requireTerms(given: Partial<Terms>, command: Command, streams: readonly { isTTY?: boolean }[]): void {
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length === 0 || streams.every(({ isTTY }) => isTTY === true)) return;
  const options = missing.map((name) => `--${name}`).join(", ");
  command.error(`error: not given: ${options}; on a terminal they are asked for`);
}

/** The terms as given, and the answers to what was not. */
export async function termsFor(
  { token }: Pick<Finding, "token">,
  given: Partial<Terms>,
  {
    asOf,
    faultOf,
    ...streams
  }: {
    asOf: string;
    faultOf: (terms: Partial<Terms>) => string | undefined;
    input: NodeJS.ReadableStream;
    output: NodeJS.WritableStream;
  },
): Promise<Terms> {
  const suggested: Partial<Terms> = { owner: token.owner?.trim() ?? "", expires: dayAfter(asOf, SUGGESTED_DAYS) };
  const missing = names.filter((name) => given[name] === undefined);
  const questions = missing.map(
    (name): Question => ({
      text: TEXTS[name],
      otherwise: suggested[name],
      faultOf: (answer) => faultOf({ [name]: answer }),
    }),
  );
  const answers = questions.length === 0 ? [] : await ask(questions, streams);
  if (!answers) throw new TokenwardError("WAIVER_UNANSWERED", {});
  const {
    reason = "",
    owner = "",
    approver = "",
    expires = "",
  } = {
    ...given,
    ...Object.fromEntries(missing.map((name, index) => [name, answers[index]])),
  };
  return { reason, owner, approver, expires };
}
