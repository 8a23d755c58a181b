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
  BASE_URL_REFUSED: (fact: { source: string; url: string; reason: string }) => ({
    message: `the base_url ${fact.url} of ${fact.source} is not used: ${fact.reason}`,
    remedy: "write an absolute https URL without credentials, such as https://git.example.com; http only on loopback",
  }),
  PROXY_INVALID: (fact: { reason: string }) => ({
    message: `the proxy that the environment names cannot be used: ${fact.reason}`,
    remedy: "correct HTTPS_PROXY and HTTP_PROXY to URLs such as http://proxy.example.com:3128",
  }),
  SDK_MISSING: (fact: { provider: string; packages: string }) => ({
    message: `${fact.provider} cannot be read: ${fact.packages} is not installed`,
    remedy: `run \`npm install ${fact.packages}\` where tokenward is installed (with --global if it is)`,
  }),
  CREDENTIAL_REFUSED: (fact: { provider: string; reason: string }) => ({
    message: `the credential for ${fact.provider} is not taken: ${fact.reason}`,
    remedy: `renew it, and name it under credential of the ${fact.provider} source in tokenward.yaml`,
  }),
} as const;
