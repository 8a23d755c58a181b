import { type Command, InvalidArgumentError } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { parseShard, type Shard } from "../model/shard.ts";

export interface ShardOptions {
  shard?: Shard;
}

/** Which part of the run this is. */
export function withShard(command: Command): Command {
  return command.option("--shard <i/n>", "judge one part of n, to be joined by `tokenward merge`", shardNamed);
}

/** The shard: the flag, else TOKENWARD_SHARD; undefined: the whole run. */
export function shardFrom({ shard }: ShardOptions): Shard | undefined {
  const stated = process.env.TOKENWARD_SHARD;
  if (shard || !stated) return shard;
  const parsed = parseShard(stated);
  if (!parsed) throw new TokenwardError("SHARD_INVALID", { name: "TOKENWARD_SHARD", value: stated });
  return parsed;
}

function shardNamed(text: string): Shard {
  const shard = parseShard(text);
  if (shard) return shard;
  throw new InvalidArgumentError("Write I/N with I from 1 to N, such as 2/4; N is 10000 at most.");
}
