import { describe, expect, it } from "vitest";
import { secretIdentity } from "../../src/collect/admission.ts";
import { aToken } from "../support/tokens.ts";

const body = "Ex4mple+".repeat(8);
const key = `-----BEGIN ${"RSA PRIVATE"} KEY-----${body}-----END ${"RSA PRIVATE"} KEY-----`;

describe("an identity that holds a private key", () => {
  it.each([
    { how: "as it is", native: key },
    { how: "percent-encoded", native: encodeURIComponent(key) },
    { how: "percent-encoded beside a `%` that is no code", native: `100%-${encodeURIComponent(key)}` },
    { how: "percent-encoded beside bytes that are no UTF-8", native: `%ff-${encodeURIComponent(key)}` },
  ])("$how may not pass, and is not told back", ({ native }) => {
    const fault = secretIdentity(aToken({ id: `github/acme/workflow-token/${native}` }));

    expect(fault?.code).toBe("TOKEN_ID_SECRET");
    expect(fault?.message).not.toContain("Ex4mple");
  });

  it.each([{ native: "ci.yml/build" }, { native: "100%/build" }, { native: "%ff%20build" }])(
    "is none: $native",
    ({ native }) => {
      expect(secretIdentity(aToken({ id: `github/acme/workflow-token/${native}` }))).toBeUndefined();
    },
  );
});
