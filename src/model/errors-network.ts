import { number } from "./number.ts";
import { shown } from "./shown.ts";

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
  PROVIDER_UNKNOWN: (fact: { id: string; nearest: string | undefined }) => ({
    message: `there is no provider ${shown(fact.id)}${fact.nearest ? `; did you mean "${fact.nearest}"?` : ""}`,
    remedy: "see `tokenward providers list`",
  }),
  SOURCE_UNKNOWN: (fact: { wanted: number; count: number }) => ({
    message: `there is no source ${fact.wanted}: the configuration has ${number(fact.count, "source")}`,
    remedy: "count sources from 1, in the order of tokenward.yaml",
  }),
  EXEC_NOT_STARTED: (fact: { command: string; reason: string }) => ({
    message: `cannot run ${fact.command}: ${fact.reason}`,
    remedy:
      "correct command and cwd in tokenward.yaml; cwd counts from the configuration's folder, the program from cwd",
  }),
  EXEC_FAILED: (fact: { command: string; how: string; said: string }) => ({
    message: `${fact.command} ${fact.how}${fact.said === "" ? " and said nothing" : `; it said: ${fact.said}`}`,
    remedy: "run the program by hand, and let it end with 0 only after it has printed every token",
  }),
  EXEC_OVERTIME: (fact: { command: string; timeout: string }) => ({
    message: `${fact.command} did not end within ${fact.timeout}`,
    remedy: "look for what it waits for, or allow more time with timeout in tokenward.yaml",
  }),
  EXEC_OVERSIZE: (fact: { command: string; limit: number }) => ({
    message: `${fact.command} printed more than ${fact.limit} bytes`,
    remedy: "let it print token records only, or allow more with max_bytes in tokenward.yaml",
  }),
  EXEC_CUT_OFF: (fact: { command: string }) => ({
    message: `the last line of ${fact.command} has no end, so it may be cut off and is not read`,
    remedy: "let the program end every record with a line feed",
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
  KEEP_FOREIGN: (fact: { folder: string }) => ({
    message: `${fact.folder} holds something else than exchanges that tokenward kept`,
    remedy: "name a new folder, or one that --record or --resume made",
  }),
  KEEP_MISSING: (fact: { folder: string }) => ({
    message: `there are no kept exchanges at ${fact.folder}`,
    remedy: "name a folder that --record or --resume made",
  }),
  KEEP_OTHER: (fact: { folder: string; kept: string; asked: string }) => ({
    message: `${fact.folder} was kept for other sources: it is for ${fact.kept}, this run reads ${fact.asked}`,
    remedy: "use the configuration that it was kept with, or name a new folder",
  }),
  KEEP_UNREADABLE: (fact: { file: string; reason: string }) => ({
    message: `the kept exchange ${fact.file} cannot be used: ${fact.reason}`,
    remedy: "remove the file and run with --resume, so that only this one is asked again",
  }),
  KEEP_FAILED: (fact: { folder: string; reason: string }) => ({
    message: `cannot keep exchanges in ${fact.folder}: ${fact.reason}`,
    remedy: "name a folder that may be written and has room",
  }),
} as const;
