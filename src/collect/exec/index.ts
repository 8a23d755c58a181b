import { cut } from "../../model/cut.ts";
import type { Coverage } from "../../model/documents.gen.ts";
import { parseDuration } from "../../model/duration.ts";
import { TokenwardError } from "../../model/errors.ts";
import { type Counts, FAULTS_TOLD, type RawOrigin } from "../../model/flow.ts";
import type { Context, Provider } from "../provider.ts";
import { checks } from "./check.ts";
import { wholeLines } from "./lines.ts";
import { startProgram } from "./program.ts";
import { type ExecSource, nameOf, settingOf } from "./source.ts";

const [TIMEOUT, MOST] = ["5m", 256 * 1024 * 1024];

/** Token records that a program prints: a provider in any language. */
export const exec = {
  id: "exec",
  title: "token records that a program prints",
  kinds: [],
  rights: "what the program needs; it gets the variables that are named under env and no other secret",
  fields: {},

  async *collect(source: ExecSource, context: Context) {
    const from = { source: source.use, name: nameOf(source.command), isFile: false };
    const program = await start(source, context, from).catch(expected);
    if (program instanceof TokenwardError) {
      yield { coverage: failed(program, from, 0) };
      return;
    }
    let isCutOff = false;
    try {
      for await (const part of cut(program.output())) {
        const whole = wholeLines(part.bytes);
        isCutOff = whole.length < part.bytes.length;
        if (whole.length > 0) yield { raw: { bytes: whole, first: part.first, from } };
      }
      const failure = (await program.failure()) ?? (isCutOff ? cutOff(from) : undefined);
      yield { settle: (counts) => closing(from, counts, failure) };
    } finally {
      await program.end();
    }
  },

  check: checks,
} as const satisfies Provider<ExecSource>;

async function start(source: ExecSource, context: Context, { name }: RawOrigin): ReturnType<typeof startProgram> {
  const { cwd, env, unset } = settingOf(source, context);
  if (unset.length > 0) throw new TokenwardError("CREDENTIAL_MISSING", { provider: "exec", from: unset.join(", ") });
  const { timeout = TIMEOUT, max_bytes: most = MOST, command, env: names = [] } = source;
  const seconds = parseDuration(timeout);
  if (seconds === undefined) throw new Error(`the schema let ${timeout} pass as a duration`);
  const secrets = names.flatMap((variable) => env[variable] ?? []);
  return startProgram({
    name,
    command,
    cwd,
    env,
    secrets,
    timeout: { text: timeout, seconds },
    most,
    signal: context.signal,
  });
}

/** What to say of the output as a whole: how much of its faults was left out, and what it gave. */
function closing(from: RawOrigin, { tokens, faults }: Counts, failure: TokenwardError | undefined): Coverage[] {
  const omitted = faults - FAULTS_TOLD;
  const told = omitted > 0 ? [failed(new TokenwardError("RECORDS_OMITTED", { count: omitted }), from, 0)] : [];
  if (failure) return [...told, failed(failure, from, tokens)];
  if (tokens === 0 && faults > 0) return told;
  const { source, name: subject } = from;
  return [...told, { source, subject, outcome: tokens > 0 ? "read" : "empty", items: tokens }];
}

function failed(
  { message: detail, remedy }: TokenwardError,
  { source, name: subject }: RawOrigin,
  items: number,
): Coverage {
  return { source, subject, outcome: "failed", items, detail, remedy };
}

function cutOff({ name: command }: RawOrigin): TokenwardError {
  return new TokenwardError("EXEC_CUT_OFF", { command });
}

function expected(error: unknown): TokenwardError {
  if (error instanceof TokenwardError) return error;
  throw error;
}
