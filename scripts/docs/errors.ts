import { errorCatalogue } from "../../src/model/errors.ts";
import { cell, type Page, page, table } from "./page.ts";

const INTRO = `Every failure that a person can mend has a code, a sentence that names the value at fault, and a remedy.
They end the command with exit code 2; \`PRUNE_INCOMPLETE\`, and \`UPLOAD_PENDING\` and \`UPLOAD_UNSURE\`, which time may mend, with 3.
Anything else is a bug of tokenward and ends with 70.`;

/** Every error by code, its facts shown by their names. */
export function errorsPage(): Page {
  const facts = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
  const rows = Object.entries(errorCatalogue)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, build]) => {
      const { message, remedy } = (build as (facts: object) => { message: string; remedy: string })(facts);
      return [`\`${code}\``, cell(message), cell(remedy)];
    });
  return page("docs/errors.md", "Errors", [INTRO, table(["Code", "Message", "Remedy"], rows)]);
}
