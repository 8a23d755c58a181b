import type { Token } from "../../model/documents.gen.ts";
import type { Provided } from "../../model/flow.ts";
import type { Reason } from "../../model/told.ts";
import { inOrder } from "../../net/in-order.ts";
import { type Answer, garbled, reasonOf } from "./ask.ts";
import { CERTIFICATES, certificatesOf, mayHaveCertificates } from "./certificates.ts";
import { isListed, OWN, ownSession } from "./collector.ts";
import { iamArn } from "./config.ts";
import { type Directory, listUsers, type Person, readDirectory } from "./directory.ts";
import { openDocuments } from "./documents.ts";
import { type OnlyActions, type Policy, type Rights, rightsOf } from "./grants.ts";
import { ACCESS_KEYS, accessKeysOf, keyTokens } from "./keys.ts";
import { type Bearer, normalise } from "./normalise.ts";
import { type CredentialReport, fetchReport, generateReport, ROOT } from "./report.ts";
import { comparison } from "./rights.ts";
import { ROOT_KEYS, rootTokens, summaryOf, unaskedOf } from "./root.ts";
import type { Scan } from "./scan.ts";
import { SERVICE_CREDENTIALS, type ServiceRecord, serviceCredentials } from "./service-credentials.ts";
import type { Caller } from "./session.ts";
import { seenOf } from "./usage.ts";

/** Everything of one account, user by user; what is refused ends nothing but itself. */
export async function* accountTokens(caller: Caller, scan: Scan): AsyncIterable<Provided> {
  const known = await learn(scan);
  for (const token of rootTokens(known.summary, known.report, scan)) {
    scan.notes.count(ROOT_KEYS, 1);
    yield { token };
  }
  if (!isListed(caller)) {
    const means = { policy: known.policy, bearer: bearerOf(known, scan) };
    yield { token: await ownSession(caller, means, scan) };
    scan.notes.count(OWN, 1);
  }
  const credentials = await serviceCredentials(known.directory.people.keys(), scan);
  for await (const tokens of inOrder(peopleOf(known, credentials, scan), AT_A_TIME, (person) =>
    personTokens(person, { ...known, credentials: credentials.get(person.name) ?? [], caller }, scan),
  ))
    yield* tokens.map((token) => ({ token }));
  yield* coverageOf(known, scan);
}

/** IAM throttles by account. */
const AT_A_TIME = 4;

/** What the account tells in bulk. */
interface Known {
  summary: Awaited<ReturnType<typeof summaryOf>>;
  report: Answer<CredentialReport>;
  directory: Directory;
  policy: Policy;
}

async function learn(scan: Scan): Promise<Known> {
  const { session, notes } = scan;
  const [ungenerated, summary, directory] = await Promise.all([
    generateReport(session),
    summaryOf(session),
    readDirectory(session),
  ]);
  const report = ungenerated ?? (await fetchReport(session));
  if (summary.outcome !== "read") notes.refuse(ROOT_KEYS, summary);
  if (report.outcome !== "read") notes.refuse("credential report", report);
  else if (report.output.broken > 0) notes.refuse("credential report", brokenLines(report.output.broken));
  if (directory.refused) {
    notes.refuse("users' policies and tags", directory.refused);
    await complete(directory, report, scan);
  }
  if (directory.nameless > 0)
    notes.refuse("users", garbled(`${directory.nameless} of the users were listed without a name or an ARN`));
  const documentOf = openDocuments(session, directory.documents);
  return { summary, report, directory, policy: { groups: directory.groups, documentOf } };
}

/** Users without policies: as the list has them or, where that is refused too, as the report does. */
async function complete(directory: Directory, report: Answer<CredentialReport>, scan: Scan): Promise<void> {
  const refused = await listUsers(scan.session, directory);
  if (!refused) return;
  scan.notes.refuse("users", refused);
  const { people } = directory;
  for (const [name, { arn }] of report.outcome === "read" ? report.output.rows : [])
    if (name !== ROOT && !people.has(name)) people.set(name, { name, arn });
}

function brokenLines(count: number) {
  const detail = `${count} of the credential report's lines cannot be read`;
  return { outcome: "failed", detail, remedy: "run it again in some hours, when AWS makes a new report" } as const;
}

/** And those who were made since, whose credentials are listed already. */
function* peopleOf(
  { directory }: Known,
  credentials: ReadonlyMap<string, unknown>,
  { account, config }: Scan,
): Iterable<Person> {
  yield* directory.people.values();
  for (const name of credentials.keys())
    if (!directory.people.has(name)) yield { name, arn: iamArn(account, `user/${name}`, config) };
}

function bearerOf({ report, directory }: Known, { account, config, context }: Scan): Omit<Bearer, "person" | "rights"> {
  return {
    account,
    untold: untold(directory),
    report: report.outcome === "read" ? { value: report.output } : { unknown: reasonOf(report) },
    tags: config,
    asOf: context.asOf,
  };
}

function untold({ refused }: Directory): Reason | undefined {
  return refused && reasonOf(refused);
}

async function personTokens(
  person: Person,
  known: Known & { credentials: readonly ServiceRecord[]; caller: Caller },
  scan: Scan,
): Promise<Token[]> {
  const base = bearerOf(known, scan);
  const [keys, certificates] = await Promise.all([
    accessKeysOf(person, scan),
    mayHaveCertificates(person, base.report, scan) ? certificatesOf(person, scan) : [],
  ]);
  const { credentials, caller } = known;
  if (keys.length + certificates.length + credentials.length === 0) return [];
  const rights = await rightsOfPerson(person, known, scan);
  const seen = scan.config.usage ? { seen: await seenOf(person, rights, scan) } : {};
  const bearer = { ...base, ...seen, person, rights };
  const collector = person.arn === caller.arn ? comparison(rights) : undefined;
  const { notes } = scan;
  notes.count(ACCESS_KEYS, keys.length);
  notes.count(CERTIFICATES, certificates.length);
  notes.count(SERVICE_CREDENTIALS, credentials.length);
  return [
    ...keyTokens(keys, bearer, collector),
    ...certificates.map((own) => normalise(own, bearer)),
    ...(await Promise.all(
      credentials.map(async (own) => {
        const only = own.only ? await rightsOfPerson(person, known, scan, own.only) : rights;
        return normalise(own, { ...bearer, rights: only });
      }),
    )),
  ];
}

async function rightsOfPerson(
  person: Person,
  { policy, directory }: Known,
  { notes }: Scan,
  only?: OnlyActions,
): Promise<Rights> {
  if (!person.policies) return { unknown: untold(directory) ?? "failed" };
  const rights = await rightsOf(person.policies, policy, only);
  if ("unknown" in rights && rights.no) notes.refuse("policies", rights.no, person.name);
  return rights;
}

function* coverageOf({ report }: Known, { account, config, notes }: Scan): Iterable<Provided> {
  for (const subject of [ROOT_KEYS, ACCESS_KEYS, SERVICE_CREDENTIALS, CERTIFICATES]) notes.count(subject, 0);
  for (const coverage of notes.close()) yield { coverage };
  const isEveryUserAsked = config.signing_certificates === "all" || report.outcome !== "read";
  for (const coverage of unaskedOf(account, isEveryUserAsked)) yield { coverage };
}
