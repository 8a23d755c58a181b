/** What can go wrong with the register. */
export const registerErrors = {
  REGISTER_UNREADABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `the register ${fact.path} (${fact.from}) cannot be read: ${fact.reason}`,
    remedy:
      "name a readable file, or a folder of *.yaml files, with --register, TOKENWARD_REGISTER or the key `register` of tokenward.yaml",
  }),
  REGISTER_INVALID: (fact: { faults: string }) => ({
    message: `the register is not valid, so nothing was judged:\n${fact.faults}`,
    remedy: "correct the lines named above; docs/register.md shows the form",
  }),
} as const;
