import type { Policy, Tally } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { inControlOrder, knownControls } from "./frameworks.ts";

/** Why a policy gave no verdict on any token. */
export type Silence = "switched off" | "no token was collected" | "not applicable to any token";

export interface ControlPolicy {
  id: string;
  strength: "direct" | "supporting";
  /** Verdicts, one for each token that it judged. */
  verdicts: Pick<Tally, "pass" | "fail" | "unknown">;
  never_judged?: Silence;
}

/** What a run says of one control: never more than the policies say that gave a verdict. */
export interface ControlCoverage {
  framework: string;
  control: string;
  title?: string;
  /** The worst verdict; it is in part where a policy that serves the control was never judged, and none without any. */
  state: "fail" | "unknown" | "pass" | "pass in part" | "never judged" | "no policy";
  verdicts: Pick<Tally, "pass" | "fail" | "unknown">;
  policies: ControlPolicy[];
}

/**
 * What a run says of every control of the frameworks asked for, in their order. There is no score: verdicts of different
 * policies do not add up to one, and those that were never given least of all.
 */
export function controlCoverage(head: Head, isWanted: (framework: string) => boolean): ControlCoverage[] {
  const policies = everyPolicy(head);
  const frameworks = [...new Set(policies.flatMap(({ controls }) => Object.keys(controls)))].filter(isWanted);
  return frameworks.flatMap((framework) => controlsOf(framework, policies)).sort(inControlOrder);
}

/** Those that judged first, then the others by what kept them from it. */
export function bySilence(policies: ControlCoverage["policies"]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const judgedFirst = [...policies].sort((one, other) =>
    (one.never_judged ?? "").localeCompare(other.never_judged ?? ""),
  );
  for (const { id, never_judged = "" } of judgedFirst)
    groups.set(never_judged, [...(groups.get(never_judged) ?? []), id]);
  return groups;
}

function controlsOf(framework: string, policies: readonly Told[]): ControlCoverage[] {
  const titles = new Map(knownControls(framework));
  const served = policies.flatMap(({ controls }) => Object.keys(controls[framework] ?? {}));
  return [...new Set([...titles.keys(), ...served])].map((control) => {
    const serving = policies.flatMap(({ controls, ...policy }): ControlPolicy[] => {
      const strength = controls[framework]?.[control];
      return strength ? [{ ...policy, strength }] : [];
    });
    const title = titles.get(control);
    const verdicts = sum(serving);
    const about = { framework, control, ...(title === undefined ? {} : { title }) };
    return { ...about, state: stateOf(serving, verdicts), verdicts, policies: serving };
  });
}

interface Told extends Pick<Policy, "id" | "controls"> {
  verdicts: ControlPolicy["verdicts"];
  never_judged?: Silence;
}

function everyPolicy({ policies, disabled = [], summary }: Head): Told[] {
  const judging = policies.map(({ policy: { id, controls }, verdicts: { pass, fail, unknown } }): Told => {
    const told = { id, controls, verdicts: { pass, fail, unknown } };
    if (pass + fail + unknown > 0) return told;
    return { ...told, never_judged: summary.tokens === 0 ? "no token was collected" : "not applicable to any token" };
  });
  const off = disabled.map(({ id, controls }): Told => {
    return { id, controls, verdicts: { pass: 0, fail: 0, unknown: 0 }, never_judged: "switched off" };
  });
  return [...judging, ...off].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function sum(policies: readonly ControlPolicy[]): ControlPolicy["verdicts"] {
  const total = { pass: 0, fail: 0, unknown: 0 };
  for (const { verdicts } of policies) {
    total.pass += verdicts.pass;
    total.fail += verdicts.fail;
    total.unknown += verdicts.unknown;
  }
  return total;
}

function stateOf(policies: readonly ControlPolicy[], verdicts: ControlPolicy["verdicts"]): ControlCoverage["state"] {
  if (policies.length === 0) return "no policy";
  if (verdicts.fail > 0) return "fail";
  if (verdicts.unknown > 0) return "unknown";
  if (verdicts.pass === 0) return "never judged";
  return policies.some(({ never_judged }) => never_judged) ? "pass in part" : "pass";
}
