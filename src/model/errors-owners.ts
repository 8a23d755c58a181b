/** What can go wrong with the files that say who owns tokens. */
export const ownersErrors = {
  OWNERS_UNREADABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `${fact.path} (${fact.from}) cannot be read: ${fact.reason}`,
    remedy: "name a readable file; paths under `owners` count from the folder of tokenward.yaml",
  }),
  OWNERS_INVALID: (fact: { faults: string }) => ({
    message: `what is said of owners is not valid, so nothing was judged:\n${fact.faults}`,
    remedy: "correct the lines named above; docs/owners.md shows the forms",
  }),
} as const;
