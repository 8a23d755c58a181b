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
  REGISTER_UNNAMED: (_: object) => ({
    message: "no register is named",
    remedy: "name a file or a folder with --register, or under `register` in tokenward.yaml",
  }),
  REGISTER_FORM: (fact: { place: string; reason: string }) => ({
    message: `${fact.place}: nothing was written, because entries cannot be put in here or taken out safely: ${fact.reason}`,
    remedy:
      "write every entry on lines of its own below `tokens:`, each beginning with a dash, and an empty list as `tokens: []`",
  }),
  REGISTER_FILE: (fact: { file: string; register: string }) => ({
    message: `${fact.file} is no file of the register ${fact.register}`,
    remedy: "name a *.yaml file in the register's folder; it need not be there yet",
  }),
  REGISTER_CHANGED: (fact: { path: string }) => ({
    message: `${fact.path} was changed while tokens were collected, and nothing was written`,
    remedy: "run it again",
  }),
  PRUNE_INCOMPLETE: (fact: { reason: string }) => ({
    message: `nothing was written, because entries are taken out only after a complete run: ${fact.reason}`,
    remedy: "mend what could not be read, or leave out --prune",
  }),
} as const;
