import { cut } from "../../model/cut.ts";
import type { Coverage } from "../../model/documents.gen.ts";
import { parseDuration } from "../../model/duration.ts";
import { TokenwardError } from "../../model/errors.ts";
import { type Counts, FAULTS_TOLD } from "../../model/flow.ts";
import { type Asked, expected, failure, listed } from "../gap.ts";
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
    const command = nameOf(source.command);
    const from = { source: source.use, name: command, isFile: false };
    const asked = { source: source.use, subject: command };
    const program = await start(source, context, command).catch(expected);
    if (program instanceof TokenwardError) {
      yield { coverage: failure(program, asked) };
      return;
    }
    let isCutOff = false;
    try {
      for await (const part of cut(program.output())) {
        const whole = wholeLines(part.bytes);
        isCutOff = whole.length < part.bytes.length;
        if (whole.length > 0) yield { raw: { bytes: whole, first: part.first, from } };
      }
      const cause =
        (await program.failure()) ?? (isCutOff ? new TokenwardError("EXEC_CUT_OFF", { command }) : undefined);
      yield { settle: (counts) => closing(asked, counts, cause) };
    } finally {
      await program.end();
    }
  },

  check: checks,
} as const satisfies Provider<ExecSource>;

async function start(source: ExecSource, context: Context, name: string): ReturnType<typeof startProgram> {
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
function closing(asked: Asked, { tokens, faults }: Counts, cause: TokenwardError | undefined): Coverage[] {
  const omitted = faults - FAULTS_TOLD;
  const told = omitted > 0 ? [failure(new TokenwardError("RECORDS_OMITTED", { count: omitted }), asked)] : [];
  if (cause) return [...told, failure(cause, asked, tokens)];
  return tokens === 0 && faults > 0 ? told : [...told, listed(asked, tokens)];
}
