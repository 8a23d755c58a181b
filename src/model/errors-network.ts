/** Failures of live sources: their credentials, their configuration, and programs that are run for tokens. */
export const networkErrors = {
  CREDENTIAL_MISSING: (fact: { provider: string; from: string }) => ({
    message: `no credential for ${fact.provider}: ${fact.from} is not set`,
    remedy: `set ${fact.from} to a read-only credential, or take the source out of tokenward.yaml`,
  }),
  CREDENTIAL_UNREADABLE: (fact: { provider: string; path: string; reason: string }) => ({
    message: `no credential for ${fact.provider}: cannot read ${fact.path}: ${fact.reason}`,
    remedy: "let this user read the file, or name another file or a variable under credential in tokenward.yaml",
  }),
  CREDENTIAL_MALFORMED: (fact: { provider: string; from: string; reason: string }) => ({
    message: `the credential for ${fact.provider} in ${fact.from} cannot be used: ${fact.reason}`,
    remedy: `set ${fact.from} to the credential alone, without quotes or other lines`,
  }),
} as const;
