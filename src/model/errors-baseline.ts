/** What can go wrong with the baseline and with comparing. */
export const baselineErrors = {
  BASELINE_UNREADABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `the baseline ${fact.path} (${fact.from}) cannot be read: ${fact.reason}`,
    remedy:
      "name a readable file with --baseline, TOKENWARD_BASELINE or the key `baseline` of tokenward.yaml; --write-baseline FILE writes the first one",
  }),
  BASELINE_INVALID: (fact: { faults: string }) => ({
    message: `the baseline is not valid, so nothing was judged:\n${fact.faults}`,
    remedy: "correct the lines named above, or take the file as it was before; docs/baseline.md shows the form",
  }),
  BASELINE_OF_SHARD: (_: object) => ({
    message: "one shard of a run cannot write a baseline: it would lack the findings of all others",
    remedy: "write it from the report of the whole run: `tokenward merge --write-baseline FILE`",
  }),
  BASELINE_TOO_LARGE: (fact: { count: number; limit: number }) => ({
    message: `${fact.count} findings do not fit into a baseline, which may have ${fact.limit} entries`,
    remedy: "switch off or exempt what nobody will mend, under policies.disable or kinds in tokenward.yaml",
  }),
  DIFF_UNLIKE: (fact: { old: string; new: string }) => ({
    message: `${fact.old} and ${fact.new} cannot be compared: one is a report, the other an inventory`,
    remedy: "name two inventories, or two reports",
  }),
  DIFF_OF_SHARDS: (fact: { file: string }) => ({
    message: `${fact.file} is the report of one shard, which lacks the findings of all others`,
    remedy: "join the shards with `tokenward merge`, and compare the whole",
  }),
  DIFF_OF_REPORTS: (_: object) => ({
    message: "reports do not tell what tokens allow, so --fail-on-widened cannot be answered from them",
    remedy: "name two inventories that `tokenward collect` wrote",
  }),
} as const;
