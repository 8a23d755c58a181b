/** What can go wrong with audits. */
export const auditErrors = {
  AUDIT_LOCKED: (fact: { dir: string; by: string }) => ({
    message: `another audit is at work in ${fact.dir}: ${fact.by}`,
    remedy: "wait until it has ended; a lock that is left behind counts for a day at the most",
  }),
  AUDIT_PRESENT: (fact: { folder: string }) => ({
    message: `an audit as of this instant is there already: ${fact.folder}`,
    remedy: "give another --as-of, or remove that folder yourself",
  }),
  NIGHTLY_WITHOUT_CI: (fact: { choices: string }) => ({
    message: "--nightly does not say for which CI system",
    remedy: `add --ci with one of ${fact.choices}`,
  }),
} as const;
