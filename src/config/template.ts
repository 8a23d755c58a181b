/** What `tokenward init` writes: every key, the optional ones behind a `#` without a blank. */
export const template = `# yaml-language-server: $schema=./node_modules/tokenward/schemas/config.json
#
# What tokenward reads, by which numbers it judges, and what fails the run.
# To change a setting, remove the # before it; the others show an example or the default.
# \`tokenward config --show\` prints every value in force and where it comes from.

# The format of this file.
version: 1

# The set of numbers to start from: strict, default, relaxed or precision.
#profile: default

# What to read tokens from; paths are relative to this file.
sources:
  # The GitHub Actions workflows of this repository; needs no credential.
  - use: workflows
    #root: .
    #paths: [".github/workflows/*.yml", ".github/workflows/*.yaml"]
    # Default: GITHUB_REPOSITORY, else the remote origin, else local.
    #account: acme/shop
    # The repository's setting for workflows without permissions: read or write. Default: unknown.
    #default_permissions: read
  # Records from files, so that any system can be judged: ndjson, json, yaml or csv.
  #- use: file
    #path: inventory/*.csv
    #format: csv
  # There is more to read from, such as GitHub, GitLab, AWS and programs of your own:
  # \`tokenward providers list\` names it, \`tokenward providers show github\` its keys.

# Numbers for every kind of token, by policy; they replace the profile's.
# Durations: 90d, 8h, 30m, 2w or P90D.
#parameters:
  #too-old: { max_age: 60d }

# Numbers for one kind of token, by kind and policy; they replace those above.
# applies: false exempts the kind; reason, approved_by and review_by appear beside the number where a token fails.
#kinds:
  #github/classic-pat:
    #too-old: { max_age: 30d, reason: targeted risk analysis 7, approved_by: ciso, review_by: 2031-06-01 }
  #github/fine-grained-pat:
    #no-owner: { applies: false, reason: owners are kept in the identity system }

# Which policies judge, and how seriously; \`tokenward policy list\` names them all.
#policies:
  #disable: [idle]
  #severity: { no-owner: critical }
  # Folders with policies of your own.
  #paths: [./policies]

# What each token is for and what it may do, as its owners write it down: a file, or a folder of them.
#register: tokens.yaml

# Who answers for tokens whose source does not say it, and who is still there.
#owners:
  #mapping: owners.yaml
  #codeowners: .github/CODEOWNERS
  # An export of people, CSV or JSON; complete: true means that who is not in it is gone.
  #directory: people.csv
  #complete: false
  #states: { on leave: suspended }

# Which environment tokens belong to whose source does not say it; the first rule that fits wins.
#environments:
  #- token: { account: acme-prod }
    #environment: production
    #override: false

# Findings that somebody answers for until a day; \`tokenward waiver add\` writes them.
#waivers: waivers.yaml

# Findings accepted as known; \`tokenward check --write-baseline baseline.json\` writes them.
# The second key says for how long an entry counts.
#baseline: baseline.json
#baseline_max_age: 180d

# The lowest severity that fails the run: low, medium, high, critical or never.
#fail_on: high

# Do not fail a run only because something could not be read.
#allow_incomplete: false
`;
