import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/model/bundle.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { isValid } from "../../src/model/validate.ts";
import { repository } from "../support/command.ts";
import { aToken } from "../support/tokens.ts";
import { type Evaluators, evaluators, firstDifference } from "./evaluators.ts";
import { hostileTokens, largeTokens } from "./hostile.ts";
import { probes } from "./probes.ts";
import { builtIn, numbersUnder } from "./shipped.ts";

const shipped = await evaluators([`${repository}policies`], {
  params: (manifest: Manifest) => numbersUnder(builtIn, manifest),
});
const probing = await evaluators([await probes()]);
const limits = numbersUnder(builtIn, shipped.bundle.manifest);

it("of the generated tokens half are such as collectors may hand on, and every policy fails some and passes some", () => {
  const tokens = hostileTokens(4_000, { seed: 1, limits });
  const rows = shipped.asWebAssembly(tokens);
  const counts = shipped.policies.map(
    (_, policy) => rows.filter((row) => row.some(([index]) => index === policy)).length,
  );

  expect(tokens.filter((token) => isValid("token", token)).length).toBeGreaterThanOrEqual(2_000);
  expect(Math.min(...counts)).toBeGreaterThan(10);
  expect(Math.max(...counts)).toBeLessThan(3_920);
});

describe.each([
  { what: "the shipped policies", both: shipped },
  { what: "policies that look at everything", both: probing },
])("by $what the same is judged natively and as WebAssembly:", ({ both }) => {
  it.each([{ seed: 1 }, { seed: 2 }, { seed: 3 }])("a thousand hostile tokens, grown from $seed", async ({ seed }) => {
    await agree(both, hostileTokens(1_000, { seed, limits }));
  });

  it("tokens with a megabyte of text, with 10,000 grants and with 10,000 labels", async () => {
    await agree(both, largeTokens());
  });
});

async function agree(both: Evaluators, tokens: readonly Token[]): Promise<void> {
  const [native, wasm] = [await both.natively(tokens), both.asWebAssembly(tokens)];

  expect(firstDifference(tokens, both.policies, { native, wasm })).toBeUndefined();
}

describe("a text with half a character", () => {
  const broken = ["\ud800", "a\udc00b", "\udc00\ud800", "\ud800\ud800\udc00"];

  it.each(broken.map((text) => ({ text, shown: JSON.stringify(text) })))(
    "is refused with the token's name, where it is read: $shown",
    ({ text }) => {
      const tokens = [aToken(), aToken({ id: "broken", owner: text }), aToken()];

      expect(() => shipped.asWebAssembly(tokens)).toThrow(
        expect.objectContaining({ code: "POLICY_FAILED", message: expect.stringContaining("on token broken: ") }),
      );
    },
  );
});

describe("JSON that none of our own values could become", () => {
  const kind = '"kind":"github/classic-pat"';
  it.each([
    { what: "a key twice", text: `{${kind},"owner":"x","owner":null,"principal":null}` },
    { what: "a key twice, the other way round", text: `{${kind},"owner":null,"owner":"x","principal":null}` },
    { what: "a key thrice within another", text: `{${kind},"rotated":null,"facts":{"age":1,"age":"x","age":9e9}}` },
    { what: "a whole object twice", text: `{${kind},"rotated":null,"facts":{"age":9e9},"facts":{"idle":9e9}}` },
    {
      what: "a key once in letters and once escaped",
      text: `{${kind},"owner":"x","\\u006fwner":null,"principal":null}`,
    },
    { what: "an odd integer beyond 2^53", text: `{${kind},"rotated":null,"facts":{"age":9007199254740993}}` },
    {
      what: "an integer beyond 64 bits",
      text: `{${kind},"rotated":null,"facts":{"age":123456789012345678901234567890}}`,
    },
    { what: "a fraction that is none", text: `{${kind},"rotated":null,"facts":{"age":7776001.0}}` },
    { what: "a power", text: `{${kind},"rotated":null,"facts":{"age":7776001E+1,"idle":77760010e-1}}` },
    { what: "minus zero", text: `{${kind},"rotated":null,"facts":{"age":-0,"expires_in":-0.0}}` },
    { what: "white space of all sorts", text: ` \t\r\n{ ${kind} ,\n"owner" :\tnull , "principal":null} ` },
    {
      what: "slashes and letters that are escaped",
      text: `{"kind":"github\\/classic-pat","owner":null,"principal":null}`,
    },
  ])("is read alike, and as we would read it: $what", async ({ text }) => {
    const token = aToken({ id: "text" });
    const outcomes = [
      await shipped.texts.natively([text]),
      shipped.texts.asWebAssembly([text]),
      shipped.texts.asWebAssembly([JSON.stringify(JSON.parse(text))]),
    ] as const;

    const [native, wasm, ours] = outcomes;

    expect(firstDifference([token], shipped.policies, { native, wasm })).toBeUndefined();
    expect(firstDifference([token], shipped.policies, { native, wasm: ours })).toBeUndefined();
  });
});
