import { AZURE_RESULTS, azureInstalled, type CiFile, type CiSystem, included } from "./ci-files.ts";

/** The nightly audit of each CI system; each brings the audits of the nights before along, because `audit` compares with them. */
export const nightly = { github, gitlab, azure } as const satisfies Record<CiSystem, (source: string) => CiFile>;

/** Actions by the commit of a release: what a tag names may change. */
const actions = {
  checkout: "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
  setupNode: "actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0",
  restore: "actions/cache/restore@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0",
  save: "actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0",
  uploadArtifact: "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
} as const;

/** The folder of a run that was made tonight, from what `audit` prints; nothing where nothing was judged. */
const FOLDER = "sed -n '1s/\\/index\\.html: .*//p' changed.txt";

function github(source: string): CiFile {
  return {
    path: ".github/workflows/tokenward-nightly.yml",
    next: "commit it to the default branch; it runs every night, and when somebody starts it",
    text: `# Audits every night what a configuration names: as it stands, or called by the workflow of another repository.
name: tokenward, nightly
on:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:
  workflow_call:
    inputs:
      config:
        description: Path of the configuration in the calling repository.
        type: string
        default: tokenward.yaml
      fail-on:
        description: The lowest severity that fails the job, or never.
        type: string
        default: high
      package:
        description: What npm installs; the file that \`npm pack\` wrote where no registry has it.
        type: string
        default: ${source}
    secrets:
      collector-token:
        description: What the sources are read with, if they need a credential; read-only.
        required: false
      webhook-url:
        description: Where the JSON report is posted, if anywhere.
        required: false
      webhook-secret:
        description: What the post is signed with.
        required: false

# Nothing by default; the job takes what it needs.
permissions: {}

# One night must not close the alerts of the other.
concurrency: { group: tokenward-nightly }

jobs:
  nightly:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      # Only to upload SARIF.
      security-events: write
    steps:
      - uses: ${actions.checkout}
        with: { persist-credentials: false }
      - uses: ${actions.setupNode}
        with: { node-version: 24 }
      # Inputs reach the shell as variables only.
      - env:
          PACKAGE: \${{ inputs.package || '${source}' }}
        run: npm install --global --omit=optional "$PACKAGE"
      # The audits of the nights before, to compare with.
      - uses: ${actions.restore}
        with:
          path: audits
          key: tokenward-audits-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: tokenward-audits-
      - id: audit
        env:
          TOKENWARD_CONFIG: \${{ inputs.config || 'tokenward.yaml' }}
          TOKENWARD_FAIL_ON: \${{ inputs.fail-on || 'high' }}
          TOKENWARD_GITHUB_TOKEN: \${{ secrets.collector-token }}
        run: |
          code=0
          tokenward audit --keep 7 --report html --report json --report markdown --report sarif > changed.txt || code=$?
          cat changed.txt
          # Empty where nothing was judged: what stands there is of another night.
          echo "folder=$(${FOLDER})" >> "$GITHUB_OUTPUT"
          exit "$code"
      - if: \${{ !cancelled() && steps.audit.outputs.folder != '' }}
        env:
          FOLDER: \${{ steps.audit.outputs.folder }}
        run: |
          { sed 's/^/    /' changed.txt; echo; cat "$FOLDER/report.md"; } >> "$GITHUB_STEP_SUMMARY"
      # The job's own token uploads, the collector's only reads. An incomplete audit writes no SARIF.
      - if: \${{ !cancelled() && steps.audit.outputs.folder != '' }}
        env:
          FOLDER: \${{ steps.audit.outputs.folder }}
          GITHUB_TOKEN: \${{ github.token }}
        run: if [ -f "$FOLDER/report.sarif" ]; then tokenward upload sarif "$FOLDER/report.sarif" --category nightly; fi
      - if: \${{ !cancelled() && steps.audit.outputs.folder != '' }}
        env:
          FOLDER: \${{ steps.audit.outputs.folder }}
          TOKENWARD_WEBHOOK_URL: \${{ secrets.webhook-url }}
          TOKENWARD_WEBHOOK_SECRET: \${{ secrets.webhook-secret }}
        run: if [ -n "$TOKENWARD_WEBHOOK_URL" ]; then tokenward upload webhook "$FOLDER/report.json"; fi
      - uses: ${actions.save}
        if: \${{ !cancelled() && steps.audit.outputs.folder != '' }}
        with:
          path: audits
          key: tokenward-audits-\${{ github.run_id }}-\${{ github.run_attempt }}
      # Evidence and reports of the last week.
      - uses: ${actions.uploadArtifact}
        if: \${{ !cancelled() && steps.audit.outputs.folder != '' }}
        with: { name: tokenward-audits, path: audits, retention-days: 90 }
`,
  };
}

function gitlab(source: string): CiFile {
  return {
    path: ".gitlab/tokenward-nightly.yml",
    next: "commit it and schedule a pipeline",
    entry: included(".gitlab/tokenward-nightly.yml"),
    text: `tokenward-nightly:
  stage: test
  image: node:24
  # One night must not work on the audits of the other.
  resource_group: tokenward-nightly
  # The audits of the nights before, to compare with.
  cache:
    key: tokenward-audits
    paths: [audits]
    when: always
  script:
    - npm install --global --omit=optional ${source}
    - |
      code=0
      tokenward audit --keep 7 --report html --report json --report gitlab-codequality --report gitlab-sast > changed.txt || code=$?
      cat changed.txt
      # Nothing where nothing was judged: what stands there is of another night.
      folder=$(${FOLDER})
      if [ -n "$folder" ]; then
        cp "$folder/report.codequality.json" codequality.json
        cp "$folder/report.sast.json" sast.json
      fi
      exit "$code"
  artifacts:
    when: always
    # Evidence names people and systems.
    access: developer
    expire_in: 90 days
    paths: [audits]
    reports:
      codequality: codequality.json
      sast: sast.json
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
`,
  };
}

function azure(source: string): CiFile {
  return {
    path: "azure-pipelines-tokenward-nightly.yml",
    next: "make a pipeline of it in Azure DevOps",
    text: `trigger: none
pr: none
schedules:
  - cron: "17 3 * * *"
    displayName: every night
    branches: { include: [main] }
    always: true

${azureInstalled(source)}  # The audits of the nights before, to compare with; the first night has none.
  - task: DownloadPipelineArtifact@2
    displayName: Fetch the audits before
    continueOnError: true
    inputs:
      buildType: specific
      project: $(System.TeamProjectId)
      definition: $(System.DefinitionId)
      buildVersionToDownload: latest
      allowFailedBuilds: true
      artifactName: tokenward-audits
      targetPath: audits
  - script: |
      code=0
      tokenward audit --keep 7 --report html --report json --report junit > changed.txt || code=$?
      cat changed.txt
      # Nothing where nothing was judged: what stands there is of another night.
      folder=$(${FOLDER})
      if [ -n "$folder" ]; then cp "$folder/report.xml" tokenward.xml; fi
      exit "$code"
    displayName: Audit tokens
${AZURE_RESULTS}  - publish: audits
    artifact: tokenward-audits
    condition: succeededOrFailed()
`,
  };
}
