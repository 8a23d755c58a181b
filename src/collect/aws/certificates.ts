import { X509Certificate } from "node:crypto";
import type { Person } from "./directory.ts";
import type { Bearer, Own } from "./normalise.ts";
import { listOfUser } from "./of-user.ts";
import { named, type Scan } from "./scan.ts";

export const CERTIFICATE = "aws/signing-certificate";
export const CERTIFICATES = "signing certificates";

/** Whether a user is asked for certificates: not where the report says that there is none, unless the configuration wants it. */
export function mayHaveCertificates(person: Person, report: Bearer["report"], { config }: Scan): boolean {
  if (config.signing_certificates === "all" || "unknown" in report) return true;
  const row = report.value.rows.get(person.name);
  return row === undefined || row.certificates.some(({ isActive, changed }) => isActive || changed !== undefined);
}

/** A user's certificates for signing requests; their text is read for its end and its fingerprint, and dropped. */
export async function certificatesOf({ name: UserName }: Person, scan: Scan): Promise<Own[]> {
  const { sdk, iam } = scan.session;
  const found = await listOfUser(
    UserName,
    {
      action: ACTION,
      subject: CERTIFICATES,
      send: (marker) => iam.send(new sdk.iam.ListSigningCertificatesCommand({ UserName, ...marker })),
      itemsIn: (page) => page.Certificates,
      idOf: ({ CertificateId }) => CertificateId,
    },
    scan.notes,
  );
  return [...found].map(([id, { CertificateBody: body, Status: status, UploadDate: created }]) => ({
    ...recordFrom(id, UserName, body),
    status,
    created,
    api: ACTION,
  }));
}

const ACTION = "iam:ListSigningCertificates";

function recordFrom(id: string, user: string, body: string | undefined): Omit<Own, "status" | "created" | "api"> {
  const { name, fingerprint } = named(user, id);
  const read = readCertificate(body);
  return {
    kind: CERTIFICATE,
    native: id,
    name,
    rotated: { value: null },
    expires: read ? { value: read.end } : { unknown: "failed" },
    lastUsed: { unknown: "not-exposed" },
    fingerprint: { ...fingerprint, ...(read && { sha256: read.sha256 }) },
  };
}

function readCertificate(body: string | undefined): { end: Date; sha256: string } | undefined {
  try {
    const { validTo, fingerprint256 } = new X509Certificate(body ?? "");
    const end = new Date(validTo);
    if (Number.isNaN(end.getTime())) return undefined;
    return { end, sha256: fingerprint256.replaceAll(":", "").toLowerCase() };
  } catch {
    // Whatever this is, it is no certificate.
    return undefined;
  }
}
