/** What can go wrong with evidence packs. */
export const evidenceErrors = {
  EVIDENCE_FOLDER: (fact: { folder: string; reason: string }) => ({
    message: `no evidence pack can be written to ${fact.folder}: ${fact.reason}`,
    remedy: "name a folder that is new or empty, in one that may be written and has room",
  }),
  EVIDENCE_INPUT: (fact: { path: string; reason: string }) => ({
    message: `${fact.path} cannot be kept as evidence: ${fact.reason}`,
    remedy: "keep what the run goes by in a file that can be read again",
  }),
  EVIDENCE_KEY: (fact: { path: string; wanted: string; reason: string }) => ({
    message: `${fact.path} is no ${fact.wanted} key: ${fact.reason}`,
    remedy: "make a pair with `openssl genpkey -algorithm ed25519`; docs/evidence.md shows how",
  }),
  EVIDENCE_KEY_IDLE: (fact: { path: string }) => ({
    message: `there is nothing to sign with ${fact.path}: no evidence is kept`,
    remedy: "name a folder with --evidence, or leave out --evidence-key",
  }),
  EVIDENCE_UNREADABLE: (fact: { folder: string; reason: string }) => ({
    message: `${fact.folder} is no evidence pack that can be read: ${fact.reason}`,
    remedy: "name a folder that `tokenward check --evidence FOLDER` wrote, whole and unchanged",
  }),
  EVIDENCE_REFUSED: (fact: { folder: string; reason: string }) => ({
    message: `what ${fact.folder} holds cannot be judged again: ${fact.reason}`,
    remedy: "do not rely on this pack; ask who made it for another, or judge its inventory by policies of your own",
  }),
} as const;
