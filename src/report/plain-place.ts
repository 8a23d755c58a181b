import type { Finding } from "../model/documents.gen.ts";
import { artifactUri } from "./sarif-location.ts";

/** A file of the repository, as formats name one that do not take URIs. */
export interface FilePlace {
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** The file and line that a finding stands at; undefined where it stands in no file, or in one above the working directory. */
export function filePlace({ location }: Pick<Finding, "location">): FilePlace | undefined {
  const path = relativePath(location.uri);
  if (location.via === "virtual" || path === "" || path.startsWith("...")) return undefined;
  const { line, column, end_line: endLine, end_column: endColumn } = location;
  return { path, line, column, endLine, endColumn };
}

/** The same, or the path that is no file, for formats in which everything stands somewhere. */
export function anyPlace(finding: Finding): FilePlace {
  return filePlace(finding) ?? { path: tokenPath(finding), line: 1, column: 1, endLine: 1, endColumn: 2 };
}

/** `tokens/…`, a path that is no file and the same in every run. */
export function tokenPath({ token }: Pick<Finding, "token">): string {
  return artifactUri(`tokens/${token.id}`);
}

function relativePath(uri: string): string {
  const encoded = artifactUri(uri);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
