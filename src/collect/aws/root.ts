import type { Token } from "../../model/documents.gen.ts";
import { tokenId } from "../../model/identity.ts";
import type { Reason, Told } from "../../model/told.ts";
import { type Answer, ask, reasonOf } from "./ask.ts";
import { CERTIFICATE } from "./certificates.ts";
import { iamArn } from "./config.ts";
import { EVERYTHING } from "./grants.ts";
import { gather, PRECISION, takeRights } from "./normalise.ts";
import { type CredentialReport, type Reported, type ReportedKey, ROOT } from "./report.ts";
import { notAsked, type Scan } from "./scan.ts";

export const ROOT_KEY = "aws/root-access-key";
export const ROOT_KEYS = "root user's credentials";

/** How many credentials the root user has, as the account's summary counts them. */
export interface Summary {
  keys: number | undefined;
  certificates: number | undefined;
}

export async function summaryOf({ sdk, iam }: Scan["session"]): Promise<Answer<Summary>> {
  const action = "iam:GetAccountSummary";
  const answer = await ask(action, () => iam.send(new sdk.iam.GetAccountSummaryCommand({})));
  if (answer.outcome !== "read") return answer;
  const { AccountAccessKeysPresent: keys, AccountSigningCertificatesPresent: certificates } =
    answer.output.SummaryMap ?? {};
  if (keys !== undefined) return { outcome: "read", output: { keys, certificates } };
  const detail = `${action} did not count the root user's keys`;
  return { outcome: "failed", detail, remedy: "run it again" };
}

/**
 * The root user's keys and certificates. The report has their dates, but is hours old; the summary only counts, but as of
 * now: what it counts and the report does not have is a token of which little else is known.
 */
export function* rootTokens(summary: Answer<Summary>, report: Answer<CredentialReport>, scan: Scan): Iterable<Token> {
  const { rows, generated } = report.outcome === "read" ? report.output : NO_REPORT;
  const row = rows?.get(ROOT);
  const counted = summary.outcome === "read" ? summary.output : NOTHING;
  // What there is no report for is unknown for the reason that there is none.
  const made: Made = { reason: report.outcome === "read" ? "not-exposed" : reasonOf(report), generated };
  const keys = present(row?.keys ?? [], counted.keys ?? 0);
  yield* keys.map(([at, key]) => rootToken(ROOT_KEY, at, key, made, scan));
  const certificates = present(row?.certificates ?? [], counted.certificates ?? 0);
  yield* certificates.map(([at, one]) => rootToken(CERTIFICATE, at, one, made, scan));
}

const NOTHING: Summary = { keys: undefined, certificates: undefined };
const NO_REPORT = { rows: undefined, generated: undefined };

/** The slots that are taken, and as many more as are counted. */
function present<One extends Reported>(
  reported: readonly One[],
  counted: number,
): [at: number, one: One | undefined][] {
  const taken = reported.flatMap((one, at): [number, One][] =>
    one.isActive || one.changed !== undefined ? [[at + 1, one]] : [],
  );
  const missing = Math.min(counted, SLOTS) - taken.length;
  const free = [1, 2].filter((slot) => !taken.some(([at]) => at === slot));
  return [...taken, ...free.slice(0, Math.max(0, missing)).map((at): [number, undefined] => [at, undefined])];
}

const SLOTS = 2;

/** Of the report: why it does not tell something, and when it was made. */
interface Made {
  reason: Reason;
  generated: string | undefined;
}

function rootToken(kind: string, at: number, one: Reported | ReportedKey | undefined, made: Made, scan: Scan): Token {
  const { account, config, context } = scan;
  const arn = iamArn(account, "root", config);
  const field = gather();
  field.take("principal", { value: { type: "human", id: arn, name: "root", state: "active" } });
  field.take("owner", { unknown: "not-exposed" });
  field.take("status", one ? { value: one.isActive ? "active" : "disabled" } : { unknown: made.reason });
  field.take("created", one?.changed === undefined ? { unknown: made.reason } : { value: one.changed });
  field.take("rotated", { value: null });
  field.take("expires", kind === ROOT_KEY ? { value: null } : { unknown: "not-exposed" });
  field.take("last_used", usedOf(one, made.reason));
  takeRights(field, { grants: [...EVERYTHING], network: null });
  field.take("environment", { unknown: "not-exposed" });
  return {
    id: tokenId({ account, kind, native: `root-${at}` }),
    provider: "aws",
    account,
    kind,
    name: `root user (${at})`,
    ...field.values,
    ...(kind === ROOT_KEY && { precision: PRECISION }),
    evidence: {
      api: one ? "iam:GetCredentialReport" : "iam:GetAccountSummary",
      observed: (one && made.generated) ?? context.asOf,
    },
    unknown: field.unknown,
  };
}

function usedOf(one: Reported | ReportedKey | undefined, reason: Reason): Told<string | null> {
  if (!one || !("used" in one) || one.used === undefined) return { unknown: one ? "not-exposed" : reason };
  return { value: one.used };
}

/** What is left out on purpose. */
export function unaskedOf(account: string, isEveryUserAsked: boolean) {
  return [
    notAsked(account, "SSH public keys of CodeCommit", "they open repositories of CodeCommit, and nothing else"),
    ...(isEveryUserAsked
      ? []
      : [
          notAsked(
            account,
            "signing certificates of users for whom the credential report shows none",
            "inactive ones and those newer than the report are not in it; `signing_certificates: all` asks each user",
          ),
        ]),
  ];
}
