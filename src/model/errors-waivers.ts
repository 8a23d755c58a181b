/** What can go wrong with waivers. */
export const waiverErrors = {
  WAIVERS_UNREADABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `the waivers ${fact.path} (${fact.from}) cannot be read: ${fact.reason}`,
    remedy: "name a readable file with --waivers, TOKENWARD_WAIVERS or the key `waivers` of tokenward.yaml",
  }),
  WAIVERS_INVALID: (fact: { faults: string }) => ({
    message: `the waivers are not valid, so nothing was judged:\n${fact.faults}`,
    remedy: "correct the lines named above; docs/waivers.md shows the form",
  }),
  WAIVERS_UNNAMED: (_: object) => ({
    message: "no file of waivers is named",
    remedy: "name it with --waivers, or under `waivers` in tokenward.yaml",
  }),
  WAIVER_UNCLEAR: (fact: { wanted: string; count: number }) => ({
    message: `"${fact.wanted}" names ${fact.count} findings, and a waiver is written for one`,
    remedy: "give more digits of the finding's id, or POLICY/TOKEN-ID",
  }),
  WAIVER_NEEDLESS: (fact: { wanted: string; verdict: string }) => ({
    message: `there is nothing to waive: the verdict on "${fact.wanted}" is ${fact.verdict}`,
    remedy: "name a finding: a failed or an unknown verdict",
  }),
  WAIVER_UNANSWERED: (_: object) => ({
    message: "no waiver was added: not every question was answered",
    remedy: "run it again, or give --reason, --owner, --approver and --expires",
  }),
  WAIVER_PRESENT: (fact: { by: string; expires: string }) => ({
    message: `the finding is waived already by ${fact.by} until ${fact.expires}`,
    remedy: "edit that entry, with the approver's consent",
  }),
} as const;
