/** A file that `init --ci` writes, and what is left for a person to do. */
export interface CiFile {
  path: string;
  text: string;
  next: string;
  /** What has to name it, where the system does not find it by its path. */
  entry?: { path: string; text: string; otherwise: string };
}

/** How each CI system runs tokenward: `source` is what npm installs, a name with its version or a path. */
export const ciSystems = { github, gitlab, azure } as const satisfies Record<string, (source: string) => CiFile>;

export type CiSystem = keyof typeof ciSystems;

function github(source: string): CiFile {
  return {
    path: ".github/workflows/tokenward.yml",
    next: "its own pull request is the first that is judged",
    text: `name: tokenward
on:
  push: { branches: [main] }
  pull_request:
  # Tokens grow old without a commit.
  schedule:
    - cron: "17 5 * * 1-5"

# Nothing by default; the job takes what it needs.
permissions: {}

jobs:
  tokenward:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      # Only to upload SARIF.
      security-events: write
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: false }
      - uses: actions/setup-node@v5
        with: { node-version: 24 }
      - run: npm install --global --omit=optional ${source}
      - run: tokenward check --format github --report markdown=tokenward.md --report sarif=tokenward.sarif --report json=tokenward.json
      - if: \${{ !cancelled() && hashFiles('tokenward.md') != '' }}
        run: cat tokenward.md >> "$GITHUB_STEP_SUMMARY"
      # An incomplete run writes no SARIF, and a pull request from a fork may not upload.
      - uses: github/codeql-action/upload-sarif@v4
        if: \${{ !cancelled() && hashFiles('tokenward.sarif') != '' && !github.event.pull_request.head.repo.fork }}
        with: { sarif_file: tokenward.sarif }
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() && hashFiles('tokenward.json') != '' }}
        with: { name: tokenward, path: tokenward.json }
`,
  };
}

/** GitLab finds one file by its path: it has to include the others. */
export function included(path: string): Required<CiFile>["entry"] {
  const line = `- local: ${path}`;
  return { path: ".gitlab-ci.yml", text: `include:\n  ${line}\n`, otherwise: `add \`${line}\` to its \`include\`` };
}

function gitlab(source: string): CiFile {
  return {
    path: ".gitlab/tokenward.yml",
    next: "its own merge request is the first that is judged",
    entry: included(".gitlab/tokenward.yml"),
    text: `tokenward:
  stage: test
  image: node:24
  script:
    - npm install --global --omit=optional ${source}
    - tokenward check --report gitlab-codequality=codequality.json --report gitlab-sast=sast.json --report json=tokenward.json
  artifacts:
    when: always
    paths: [tokenward.json]
    reports:
      codequality: codequality.json
      sast: sast.json
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
    # Tokens grow old without a commit.
    - if: $CI_PIPELINE_SOURCE == "schedule"
`,
  };
}

/** What a job in Azure DevOps begins with, from its machine to the installed command. */
export function azureInstalled(source: string): string {
  return `pool: { vmImage: ubuntu-latest }

steps:
  - checkout: self
    persistCredentials: false
  - task: NodeTool@0
    inputs: { versionSpec: 24.x }
  - script: npm install --global --omit=optional ${source}
    displayName: Install tokenward
`;
}

/** The step that tells what `tokenward.xml` holds as test results, also after findings. */
export const AZURE_RESULTS = `  - task: PublishTestResults@2
    condition: succeededOrFailed()
    inputs: { testResultsFormat: JUnit, testResultsFiles: tokenward.xml, testRunTitle: tokenward }
`;

function azure(source: string): CiFile {
  return {
    path: "azure-pipelines-tokenward.yml",
    next: "make a pipeline of it in Azure DevOps and require it in the branch policy",
    text: `trigger: { branches: { include: [main] } }
# Tokens grow old without a commit.
schedules:
  - cron: "17 5 * * 1-5"
    displayName: every working day
    branches: { include: [main] }
    always: true

${azureInstalled(source)}  - script: tokenward check --format azure --report junit=tokenward.xml --report json=tokenward.json
    displayName: Judge tokens
${AZURE_RESULTS}  - publish: tokenward.json
    artifact: tokenward
    condition: succeededOrFailed()
`,
  };
}
