import type { Location, Region } from "sarif";
import type { Finding } from "../model/documents.gen.ts";

/** Stands for a folder above the working directory: a URI that climbs out of the repository is not one that GitHub takes. */
const ABOVE = "...";

/** A place in a file: GitHub refuses the whole document over one result without a relative, non-empty URI and a region. */
export function physical(place: { uri: string; line: number; column: number }, end = endOf(place)): Location {
  return { physicalLocation: { artifactLocation: { uri: artifactUri(place.uri) }, region: region(place, end) } };
}

/** The place of a finding. */
export function placeOf({ location, token }: Finding): Location {
  const uri = artifactUri(location.uri) === "" ? `tokens/${token.id}` : location.uri;
  return physical({ ...location, uri }, { line: location.end_line, column: location.end_column });
}

/** A path as a relative URI reference: never absolute, never with a scheme, each segment percent-encoded. */
export function artifactUri(path: string): string {
  const segments: string[] = [];
  for (const segment of path.toWellFormed().split("/")) {
    if (segment === "..") {
      if (segments.length === 0 || segments.at(-1) === ABOVE) segments.push(ABOVE);
      else segments.pop();
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.map((segment) => segment.replace(/[^\w\-.~!$&'()*+,;=@]/gu, encodeURIComponent)).join("/");
}

function region(start: { line: number; column: number }, end: { line: number; column: number }): Region {
  const isAfter = end.line > start.line || (end.line === start.line && end.column > start.column);
  const { line, column } = isAfter ? end : endOf(start);
  return { startLine: start.line, startColumn: start.column, endLine: line, endColumn: column };
}

function endOf({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line, column: column + 1 };
}
