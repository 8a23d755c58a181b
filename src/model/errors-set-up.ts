/** What can go wrong with `init`. */
export const setUpErrors = {
  PACKAGE_SOURCE: (fact: { source: string }) => ({
    message: `"${fact.source}" cannot stand in a pipeline's line`,
    remedy:
      "name a package with its version, such as tokenward@0.1.0, or a path of letters, digits, dots, dashes and slashes",
  }),
  CONFIG_EXISTS: (fact: { path: string }) => ({
    message: `${fact.path} is there already and is never overwritten`,
    remedy: "edit it, or print the template with `tokenward init --stdout`",
  }),
  CI_BELOW_ROOT: (fact: { path: string; root: string }) => ({
    message: `no CI system would find ${fact.path} here: the root of the repository is ${fact.root}`,
    remedy: "run the command there, or print the file with --stdout",
  }),
} as const;
