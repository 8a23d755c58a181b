import type { Invocation, Notification } from "sarif";
import { isGap } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { sarifSentence } from "./escape.ts";
import type { Gap } from "./gaps.ts";
import { leftOutBySource } from "./left-out.ts";
import { physical } from "./sarif-location.ts";
import { readText } from "./sentence.ts";

/** Consumers read notifications one by one: past this many, the rest is counted. */
const MOST_NOTIFICATIONS = 200;

/** How the run itself went: what could not be read, what could not be judged, what did not fit. */
export function invocation(
  { gate, coverage }: Head,
  gaps: readonly Gap[],
  { left, waived, known }: { left: number; waived: number; known: number },
): Invocation {
  const problems = coverage.filter(({ outcome }) => isGap(outcome));
  const more = problems.length - MOST_NOTIFICATIONS;
  return {
    executionSuccessful: !gate.incomplete,
    exitCode: gate.exit_code,
    toolExecutionNotifications: [
      ...problems.slice(0, MOST_NOTIFICATIONS).map(unread),
      ...(more > 0 ? [notice("error", `${number(more, "more read")} denied or failed: see the JSON report`)] : []),
      ...gaps.map(unjudged),
      ...leftOutBySource(coverage).map(({ lead, subjects }) => notice("note", `${lead}: ${subjects.join("; ")}`)),
      ...(waived > 0 ? [notice("note", `${number(waived, "finding")} left out: waived`)] : []),
      ...(known > 0 ? [notice("note", `${number(known, "finding")} left out: in the baseline`)] : []),
      ...(left > 0
        ? [notice("warning", `${number(left, "less serious result")} left out: a run may hold no more than these`)]
        : []),
    ],
  };
}

function unread(event: Coverage): Notification {
  const { location } = event;
  return { ...notice("error", readText(event)), ...(location ? { locations: [physical(location)] } : {}) };
}

function unjudged({ policy, why, count }: Gap): Notification {
  return {
    ...notice("note", `${policy}: ${number(count, "verdict")} unknown: ${why}`),
    associatedRule: { id: policy },
  };
}

function notice(level: Notification.level, text: string): Notification {
  return { level, message: { text: sarifSentence(text) } };
}
