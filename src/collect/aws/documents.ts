import { isMapping } from "../../model/mapping.ts";
import { type Answer, ask, type No, requireSame } from "./ask.ts";
import type { Session } from "./session.ts";

/** One policy document, or why there is none. */
export type Document = { document: unknown } | { no: No };

/** A document as AWS writes it: JSON, URL-encoded. */
export function decoded(text: string, of: string): Document {
  try {
    return { document: JSON.parse(decodeURIComponent(text)) as unknown };
  } catch {
    const detail = `the text of ${of} is not JSON in URL encoding`;
    return { no: { outcome: "failed", detail, remedy: "open the policy in the console and save it again" } };
  }
}

/** Managed policies by their ARN: what is held already, else two requests, once for each. */
export function openDocuments(
  { sdk, iam }: Session,
  held: ReadonlyMap<string, string>,
): (arn: string) => Promise<Document> {
  const known = new Map<string, Promise<Document>>();
  const read = async (arn: string): Promise<Document> => {
    const text = held.get(arn);
    if (text !== undefined) return decoded(text, arn);
    const policy = await ask("iam:GetPolicy", async () => {
      const output = await iam.send(new sdk.iam.GetPolicyCommand({ PolicyArn: arn }));
      requireSame("policy", arn, output.Policy?.Arn);
      return output;
    });
    if (policy.outcome !== "read") return { no: policy };
    const VersionId = policy.output.Policy?.DefaultVersionId;
    const version = await ask("iam:GetPolicyVersion", () =>
      iam.send(new sdk.iam.GetPolicyVersionCommand({ PolicyArn: arn, VersionId })),
    );
    return documentIn(version, arn);
  };
  return (arn) => {
    const document = known.get(arn) ?? read(arn);
    known.set(arn, document);
    return document;
  };
}

/** The statements of a document, however they are written. */
export function statementsOf(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isMapping(document)) return [];
  return [document.Statement].flat().filter(isMapping);
}

type Version = Answer<{ PolicyVersion?: { Document?: string | undefined } | undefined }>;

function documentIn(version: Version, arn: string): Document {
  return version.outcome === "read" ? decoded(version.output.PolicyVersion?.Document ?? "", arn) : { no: version };
}
