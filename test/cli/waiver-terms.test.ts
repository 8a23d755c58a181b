import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { requireTerms, type Terms, termsFor } from "../../src/cli/waiver-terms.ts";
import { finding } from "../report/results.ts";

const whole: Terms = { reason: "r", owner: "o", approver: "a", expires: "2030-02-01" };

/** Answers line by line, then the end of the input. */
async function asked(given: Partial<Terms>, answers: readonly string[], owner?: string) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(answers.map((answer) => `${answer}\n`).join(""));
  const faultOf = ({ expires }: Partial<Terms>) => (expires === "soon" ? "expected a date" : undefined);
  const found = finding({ token: owner === undefined ? {} : { owner } });
  const terms = termsFor(found, given, { asOf: "2030-01-01T00:00:00Z", faultOf, input, output });
  return { terms, said: () => String(output.read() ?? "") };
}

describe("terms that were not given", () => {
  const none: readonly { isTTY?: boolean }[] = [{ isTTY: true }, {}];

  it("are told at once where nobody can be asked", () => {
    const command = new Command("add").exitOverride().configureOutput({ writeErr: () => undefined });

    expect(() => requireTerms({ reason: "r" }, command, none)).toThrow("--owner, --approver, --expires");
    expect(() => requireTerms(whole, command, none)).not.toThrow();
    expect(() => requireTerms({}, command, [{ isTTY: true }, { isTTY: true }])).not.toThrow();
  });

  it("are asked for, and only they", async () => {
    const { terms, said } = await asked({ reason: "r", owner: "o" }, ["ciso", "2030-03-01"]);

    await expect(terms).resolves.toEqual({ reason: "r", owner: "o", approver: "ciso", expires: "2030-03-01" });
    expect(said()).toBe("Who agreed: Last day on which it counts [2030-04-01]: ");
  });

  it("are asked for again where an answer is wrong, or needed and not there", async () => {
    const { terms, said } = await asked({ owner: "o", approver: "a" }, ["  ", " why ", "soon", ""]);

    await expect(terms).resolves.toEqual({ reason: "why", owner: "o", approver: "a", expires: "2030-04-01" });
    expect(said()).toContain("  an answer is needed\n");
    expect(said()).not.toContain("expected a date\n  an answer");
  });

  it("are suggested from what is known, without what it hides", async () => {
    const { terms, said } = await asked({ reason: "r", approver: "a", expires: "2030-02-01" }, [""], "ops\u001b[2J");

    await expect(terms).resolves.toMatchObject({ owner: "ops\u001b[2J" });
    expect(said()).toBe("Who answers for it [ops\\u001b[2J]: ");
  });

  it.each([[[]], [["only a reason"]]])("stay away where the answers end with %j", async (answers) => {
    const { terms } = await asked({}, answers);

    await expect(terms).rejects.toMatchObject({ code: "WAIVER_UNANSWERED" });
  });
});
