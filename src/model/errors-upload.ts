/** What can go wrong with handing reports over. */
export const uploadErrors = {
  UPLOAD_FILE: (fact: { file: string; reason: string }) => ({
    message: `cannot hand over ${fact.file}: ${fact.reason}`,
    remedy: "name a report that tokenward wrote, such as with --report sarif=FILE",
  }),
  SARIF_INVALID: (fact: { file: string; reason: string }) => ({
    message: `${fact.file} is no SARIF that code scanning takes: ${fact.reason}`,
    remedy: "name a file that `tokenward check --report sarif=FILE` wrote, whole and unchanged",
  }),
  SARIF_INCOMPLETE: (fact: { file: string }) => ({
    message: `${fact.file} tells of an incomplete run, and code scanning would close the alerts of all that was not read`,
    remedy: "mend what could not be read and run again, or add --allow-incomplete",
  }),
  SARIF_TWINS: (fact: { file: string; tool: string; category: string }) => ({
    message: `${fact.file} has two runs of ${fact.tool} in the category "${fact.category}", and one would replace the other`,
    remedy: "upload them from files of their own, each with its --category",
  }),
  SARIF_TOO_LARGE: (fact: { file: string; limit: string }) => ({
    message: `${fact.file} cannot be cut into parts that code scanning takes: ${fact.limit}`,
    remedy: "upload fewer results, such as those of one source",
  }),
  UPLOAD_PLACE_UNKNOWN: (fact: { what: string; tried: string }) => ({
    message: `nothing says for ${fact.what} the results are: ${fact.tried}`,
    remedy: "run it in a checkout, or name it with --repository, --ref and --commit",
  }),
  UPLOAD_PLACE_INVALID: (fact: { what: string; value: string; form: string }) => ({
    message: `${fact.what} ${fact.value} cannot be used`,
    remedy: `write ${fact.form}`,
  }),
  UPLOAD_PLACE_UNCLEAR: (fact: { stated: string; found: string }) => ({
    message: `GITHUB_SHA is ${fact.stated}, but ${fact.found} is checked out here; lines of one are not those of the other`,
    remedy: "name what was judged with --ref and --commit",
  }),
  UPLOAD_HOST_UNKNOWN: (fact: { host: string }) => ({
    message: `the remote origin is at ${fact.host}, which is not known to be GitHub, so no credential is sent there`,
    remedy: "name the server with --base-url, such as https://git.example.com/api/v3",
  }),
  UPLOAD_CREDENTIAL_MISSING: (fact: { from: string }) => ({
    message: `no credential to upload with: ${fact.from} is not set`,
    remedy:
      "set it to a token that may write code scanning alerts: `security-events: write` for the job's own, `Code scanning alerts: write` for a fine-grained one",
  }),
  UPLOAD_REFUSED: (fact: { what: string; detail: string; remedy: string }) => ({
    message: `${fact.what} was refused: ${fact.detail}`,
    remedy: fact.remedy,
  }),
  UPLOAD_REJECTED: (fact: { what: string; faults: string }) => ({
    message: `${fact.what} was taken and then rejected by GitHub, all of it:\n${fact.faults}`,
    remedy: "correct what is named above; alerts stay as they were",
  }),
  UPLOAD_PENDING: (fact: { what: string; id: string; waited: string }) => ({
    message: `${fact.what} was taken as ${fact.id}, but not processed within ${fact.waited}`,
    remedy: "look at the repository's code scanning page later, or wait longer with --timeout",
  }),
  UPLOAD_UNSURE: (fact: { what: string; detail: string; remedy: string }) => ({
    message: `no answer says that ${fact.what} was taken: ${fact.detail}`,
    remedy: fact.remedy,
  }),
  WEBHOOK_URL: (fact: { from: string; reason: string }) => ({
    message: `the address in ${fact.from} is not used: ${fact.reason}`,
    remedy: "write an absolute https URL without a user name, such as https://hooks.example.com/tokenward",
  }),
  WEBHOOK_URL_MISSING: (fact: { env: string }) => ({
    message: `no address to send to: ${fact.env} is not set`,
    remedy: `name one with --url, or set ${fact.env} where the address itself is a secret`,
  }),
  WEBHOOK_SECRET: (fact: { from: string; reason: string }) => ({
    message: `no secret to sign with: ${fact.from} ${fact.reason}`,
    remedy:
      "set it to at least 16 random characters that the receiver knows too, such as those of `openssl rand -hex 32`",
  }),
} as const;
