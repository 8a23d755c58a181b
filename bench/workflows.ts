import { pick, seeded } from "./random.ts";
import { JOB_PERMISSIONS, JOB_SETTINGS, PERMISSIONS, SETTINGS, STEPS, TRIGGERS } from "./workflow-parts.ts";

type Random = () => number;

/** Workflow files as a company has them, about 2 KB each, one at a time: the same seed and count give the same bytes. */
export function* workflows(count: number, seed = 1): Iterable<{ name: string; text: string }> {
  const random = seeded(seed);
  for (let index = 0; index < count; index += 1) {
    yield { name: `workflow-${String(index).padStart(5, "0")}.yml`, text: workflow(index, random) };
  }
}

function workflow(index: number, random: Random): string {
  const jobs = pick([1, 1, 2, 2, 2, 3, 5], random);
  const head = [`# Owned by team-${Math.floor(random() * 40)}`, `name: Pipeline ${index}`];
  const sections = [pick(TRIGGERS, random), pick(PERMISSIONS, random), pick(SETTINGS, random)].filter(Boolean);
  const body = Array.from({ length: jobs }, (_, position) => job(position, random));
  return `${[...head, ...sections, "jobs:", body.join("\n\n")].join("\n")}\n`;
}

function job(position: number, random: Random): string {
  const steps = STEPS.filter(() => random() < 0.5);
  const needs = position > 0 && random() < 0.5 ? [`    needs: [job-${position - 1}]`] : [];
  return [
    `  job-${position}:`,
    `    name: ${pick(["Test", "Lint", "Build image", "Deploy", "Release", "Scan"], random)} \${{ github.ref_name }}`,
    ...needs,
    "    runs-on: ubuntu-latest",
    ...[pick(JOB_PERMISSIONS, random), pick(JOB_SETTINGS, random)].filter(Boolean),
    "    steps:",
    "      - uses: actions/checkout@v4",
    ...steps,
  ].join("\n");
}
