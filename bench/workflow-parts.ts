/** What generated workflow files are put together from. */

export const TRIGGERS = [
  "on: push",
  "on: [push, pull_request]",
  `on:
  push:
    branches: [main, 'release/**']
  pull_request:
    paths-ignore:
      - '**.md'
      - docs/**`,
  `on:
  schedule:
    - cron: '17 4 * * 1'
  workflow_dispatch:
    inputs:
      level: { type: choice, options: [info, debug], default: info }`,
  `on:
  release:
    types: [published]`,
] as const;

export const PERMISSIONS = [
  "",
  "permissions: {}",
  "permissions: read-all",
  "permissions: write-all",
  `permissions:
  contents: read`,
  `permissions:
  contents: read
  pull-requests: write # to comment`,
] as const;

export const SETTINGS = [
  "",
  `env:
  FORCE_COLOR: 1
  REGISTRY: registry.example.com`,
  `concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true`,
] as const;

export const JOB_PERMISSIONS = [
  "",
  "",
  `    permissions:
      contents: read`,
  `    permissions:
      contents: write
      packages: write`,
  `    permissions:
      id-token: write
      contents: read
    environment:
      name: production
      url: https://shop.example.com`,
  `    permissions:
      security-events: write
      actions: read`,
] as const;

export const JOB_SETTINGS = [
  "",
  "    timeout-minutes: 20",
  `    strategy:
      fail-fast: false
      matrix:
        node: [20, 22, 24]
        include:
          - { node: 24, coverage: true }`,
  `    if: >-
      github.event_name == 'push' &&
      !contains(github.event.head_commit.message, '[skip ci]')`,
] as const;

export const STEPS = [
  `      - uses: actions/setup-node@v4
        with:
          node-version: 24
          cache: npm`,
  "      - run: npm ci",
  `      - name: Test
        run: |
          npm test -- --reporter=junit
          npm run coverage
        env:
          CI: true`,
  `      - name: Find what changed
        id: changes
        shell: bash
        run: |
          # Only folders that differ from the base are built.
          git diff --name-only origin/main... | cut -d/ -f1 | sort -u > changed.txt
          echo "count=$(wc -l < changed.txt)" >> "$GITHUB_OUTPUT"`,
  `      - uses: docker/build-push-action@v6
        with:
          context: .
          push: \${{ github.ref == 'refs/heads/main' }}
          tags: registry.example.com/shop:\${{ github.sha }}
          cache-from: type=gha`,
  `      - name: Deploy
        if: steps.changes.outputs.count != '0'
        run: ./deploy.sh "$STAGE"
        env: { STAGE: production, REGION: eu-west-1 }`,
  `      - uses: actions/upload-artifact@v4
        with:
          name: reports
          path: |
            reports/
            !reports/tmp/
          retention-days: 7`,
  `      - name: "Tell the team"
        if: \${{ failure() }}
        run: curl -sS -d "run=$GITHUB_RUN_ID" https://hooks.example.com/ci`,
] as const;
