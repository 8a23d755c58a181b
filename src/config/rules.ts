import type { Manifest } from "../model/bundle.ts";
import type { Policy, Thresholds } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import { isMeantFor } from "../model/kind.ts";
import { shown } from "../model/shown.ts";
import type { ConfigFault, Locate } from "./fault.ts";
import { pathName, pointerTo } from "./pointer.ts";
import {
  ABOUT,
  type Index,
  indexed,
  mapping,
  namesOf,
  paramsOf,
  type Statement,
  statementOn,
  statementsIn,
} from "./stated.ts";
import { durationFault, valueFault } from "./values.ts";
import { orRather } from "./wording.ts";

/** What the bundle says of its policies. */
export interface About {
  manifest: Manifest;
  thresholds: Thresholds;
}

interface Scope {
  locate: Locate;
  policies: Map<string, Policy>;
  statements: Index;
  thresholds: Thresholds;
}

/** What of a configuration's words on policies does not fit the policies there are. */
export function ruleFaults(document: unknown, locate: Locate, { manifest, thresholds }: About): ConfigFault[] {
  const statements = statementsIn(document);
  const policies = namesOf(manifest.policies);
  const scope = { locate, policies, statements: indexed(statements, policies), thresholds };
  return [
    ...statements.flatMap((statement) => [
      ...statementFaults(statement, scope),
      ...kindFaults(statement, scope),
      ...idleFaults(statement, scope),
      ...twiceFaults(statement, scope),
    ]),
    ...listFaults(document, scope),
  ];
}

/** Bad durations show without the policies: no parameter takes a text that is anything else. */
export function durationFaults(document: unknown, locate: Locate): ConfigFault[] {
  return statementsIn(document).flatMap((statement) => textFaults(statement, locate));
}

function textFaults(statement: Statement, locate: Locate): ConfigFault[] {
  return paramsOf(statement).flatMap(([name, value]) => {
    const pointer = statement.pointer + pointerTo(name);
    return typeof value === "string" ? faultAt(pointer, durationFault(value), locate) : [];
  });
}

function statementFaults(statement: Statement, { locate, policies }: Scope): ConfigFault[] {
  const policy = policies.get(statement.policy);
  if (!policy) {
    const fault = { position: locate(statement.pointer, true), text: unknownPolicy(statement.policy, policies) };
    return [fault, ...textFaults(statement, locate)];
  }
  const { params } = policy;
  return paramsOf(statement).flatMap(([name, value]) => {
    const pointer = statement.pointer + pointerTo(name);
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    if (param) return isPlausible(value) ? faultAt(pointer, valueFault(param, value), locate) : [];
    const rather = orRather(name, [...Object.keys(params), ...ABOUT]);
    return [{ position: locate(pointer, true), text: `${policy.id} has no parameter ${shown(name)}${rather}` }];
  });
}

/** Other values break the file's schema already, which tells them from all parameters alike. */
function isPlausible(value: unknown): boolean {
  return typeof value === "string" || Number.isInteger(value) || Array.isArray(value);
}

/** What is said of one kind must have an effect: a number that no token is held against would look like a control. */
function kindFaults(statement: Statement, scope: Scope): ConfigFault[] {
  const { kind, pointer, setting } = statement;
  const policy = scope.policies.get(statement.policy);
  if (!policy || kind === undefined) return [];
  const position = scope.locate(pointer, true);
  if (!isMeantFor(policy, kind)) return [{ position, text: `${policy.id} never judges tokens of kind ${shown(kind)}` }];
  const general = statementOn(scope.statements, policy.id);
  if (general?.setting.applies === false && setting.applies === true) {
    const where = at(scope.locate(general.pointer + pointerTo("applies")));
    return [{ position, text: `${policy.id} is off for every kind (${where}) and cannot judge one alone` }];
  }
  const exemption = scope.thresholds.kinds[kind]?.[policy.id];
  const isSettled = exemption?.applies !== false || "applies" in setting || general?.setting.applies === true;
  if (isSettled || paramsOf(statement).length === 0) return [];
  const why = `${policy.id} does not judge ${kind} by default (${exemption.source})`;
  return [{ position, text: `${why}; add applies: true to have it judged` }];
}

/** A reason that stands beside nothing would read like an analysis of what is in force. */
function idleFaults({ pointer, policy, setting }: Statement, { locate }: Scope): ConfigFault[] {
  const keys = Object.keys(setting);
  if (keys.length === 0 || keys.some((key) => key === "applies" || !(ABOUT as readonly string[]).includes(key)))
    return [];
  const text = `${shown(policy)} has a ${keys[0]}, but changes nothing; name the parameter that it is about, or applies`;
  return [{ position: locate(pointer, true), text }];
}

/** A policy may be named by a former id too, but not by both at once. */
function twiceFaults(statement: Statement, scope: Scope): ConfigFault[] {
  const policy = scope.policies.get(statement.policy);
  const first = policy && statementOn(scope.statements, policy.id, statement.kind);
  if (!first || first === statement) return [];
  const text = `${shown(statement.policy)} and ${shown(first.policy)} are one policy; keep ${policy.id} alone`;
  return [{ position: scope.locate(statement.pointer, true), text }];
}

function listFaults(document: unknown, { locate, policies }: Scope): ConfigFault[] {
  const { disable, severity } = mapping(mapping(document).policies);
  const disabled = (Array.isArray(disable) ? disable : []).map((id, index): [unknown, string, boolean] => {
    return [id, pointerTo("policies", "disable", index), false];
  });
  const weighted = Object.keys(mapping(severity)).map((id): [unknown, string, boolean] => {
    return [id, pointerTo("policies", "severity", id), true];
  });
  return [...disabled, ...weighted].flatMap(([id, pointer, isKey]) => {
    if (typeof id !== "string" || policies.has(id)) return [];
    return [{ position: locate(pointer, isKey), text: unknownPolicy(id, policies) }];
  });
}

function unknownPolicy(id: string, policies: Scope["policies"]): string {
  return `unknown policy ${shown(id)}${orRather(id, [...policies.keys()], "; `tokenward policy list` names them all")}`;
}

function faultAt(pointer: string, text: string | undefined, locate: Locate): ConfigFault[] {
  return text === undefined ? [] : [{ position: locate(pointer), text: `${pathName(pointer)}: ${text}` }];
}
