import type { Manifest, Rules, Setting } from "../model/bundle.ts";
import type { Config } from "../model/config.ts";
import type { Param, ParameterChange, Policy } from "../model/documents.gen.ts";
import { writeDuration } from "../model/duration.ts";
import { at } from "../model/errors.ts";
import { settingsFor } from "../model/settings.ts";
import { rationale, resolveRules } from "./parameters.ts";
import { pointerTo } from "./pointer.ts";
import type { About } from "./rules.ts";
import { namesOf, paramsOf, type Statement, statementsIn } from "./stated.ts";

/** What the configuration changes of the numbers, in the order of the file, each with the reasons that stand beside it. */
export function changes(
  config: Config,
  rules: Rules,
  { manifest, thresholds }: About,
  asOf: string,
): ParameterChange[] {
  const policies = namesOf(manifest.policies);
  const statements = statementsIn(config.stated).filter(({ policy }) => policies.has(policy));
  if (statements.length === 0) return [];
  const before = resolveRules({ ...config, stated: {} }, manifest, thresholds);
  return statements.flatMap((statement) => {
    const policy = policies.get(statement.policy) as Policy;
    const about = { ...rationale(statement), ...overdue(statement, asOf) };
    const subject = { policy: policy.id, ...(statement.kind === undefined ? {} : { kind: statement.kind }) };
    const sourceOf = (name: string) => at(config.locate(statement.pointer + pointerTo(name)));
    const numbers = paramsOf(statement).map(([name]): ParameterChange => {
      const param = policy.params[name];
      const now = written(param, settingsFor(rules.parameters, policy.id, statement.kind)[name]);
      const was = written(param, settingsFor(before.parameters, policy.id, statement.kind)[name]);
      return {
        ...subject,
        name,
        value: now ?? "",
        ...(was === undefined ? {} : { instead_of: was }),
        source: sourceOf(name),
        ...about,
      };
    });
    const { applies } = statement.setting;
    if (typeof applies !== "boolean") return numbers;
    return [{ ...subject, name: "applies", value: applies, source: sourceOf("applies"), ...about }, ...numbers];
  });
}

/** Policies that judged nothing because the configuration says so. */
export function disabledPolicies(
  { policies }: Manifest,
  { disabled }: Rules,
): Pick<Policy, "id" | "title" | "controls">[] {
  return policies.filter(({ id }) => disabled.includes(id)).map(({ id, title, controls }) => ({ id, title, controls }));
}

function written(param: Param | undefined, setting: Setting | undefined): ParameterChange["value"] | undefined {
  if (!setting) return undefined;
  const { value } = setting;
  return param?.type === "duration" && typeof value === "number" ? writeDuration(value) : value;
}

/** The whole day of review still counts. */
function overdue({ setting: { review_by } }: Statement, asOf: string): { overdue?: true } {
  return typeof review_by === "string" && review_by < asOf.slice(0, 10) ? { overdue: true } : {};
}
