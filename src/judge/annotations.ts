import { TokenwardError } from "../model/errors.ts";
import { explainRefusals } from "./built-ins.ts";
import type { Annotated } from "./metadata.ts";
import { type Opa, runOpa } from "./opa.ts";

/** Every METADATA block of what is staged under `policies`. */
export async function annotationsIn(opa: Opa, scratch: string): Promise<Annotated[]> {
  const printed = JSON.parse(await must(opa, ["inspect", "-a", "-f", "json", "policies"], scratch)) as {
    annotations?: Annotated[];
  };
  return printed.annotations ?? [];
}

/** OPA would follow a schema's reference to a file of this machine: that is refused before OPA looks at any schema. */
export function mustNotReachOut(blocks: readonly Annotated[]): void {
  const faults = blocks
    .filter(({ annotations: { schemas = [] } }) =>
      schemas.some(({ definition }) => /"\$(?:ref|recursiveRef|dynamicRef)"/.test(JSON.stringify(definition) ?? "")),
    )
    .map(({ location: { file, row } }) => `${file}:${row}: METADATA.schemas must not refer to other files`);
  if (faults.length > 0) throw new TokenwardError("POLICY_INVALID", { faults: faults.join("\n") });
}

/** What OPA prints, if it is content. */
export async function must(opa: Opa, args: readonly string[], scratch: string): Promise<string> {
  const { ok, stdout, stderr } = await runOpa(opa, args, scratch);
  const printed = (stderr || stdout).trim();
  if (!ok) throw new TokenwardError("POLICY_INVALID", { faults: explainRefusals(printed.replaceAll("\t", "  ")) });
  return stdout;
}
