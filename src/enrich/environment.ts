import { firstMatch } from "./selectors.ts";
import type { IntentStep } from "./step.ts";

/** Where a token belongs whose source does not say it, by the rules of the configuration; what no rule fits stays unknown. */
export const environment = {
  id: "environment",
  open({ intent }) {
    if (!intent?.environments?.length) return undefined;
    const rule = firstMatch(intent.environments);
    const mayOverride = intent.environments.some(({ override }) => override);
    return (token) => {
      const { environment: told } = token;
      if (typeof told === "string" && !mayOverride) return token;
      const found = rule(token);
      if (!found || (typeof told === "string" && !found.override)) return token;
      const { environment: _, ...unknown } = token.unknown;
      const fact = { by: found.by, ...(typeof told === "string" && told !== found.environment ? { told } : {}) };
      return { ...token, environment: found.environment, unknown, facts: { ...token.facts, environment: fact } };
    };
  },
} as const satisfies IntentStep;
