import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { handlerOver, throttling } from "../../../src/collect/aws/handler.ts";
import { installed } from "../../../src/collect/aws/sdk.ts";
import type { Http, Reply, Request } from "../../../src/net/http.ts";

const signed = {
  protocol: "https:",
  hostname: "iam.amazonaws.com",
  path: "/",
  query: {},
  headers: {
    Host: "iam.amazonaws.com",
    "content-length": "9",
    "user-agent": "sdk",
    authorization: "signed",
    "x-amz-date": "now",
  },
  body: "Action=ListUsers",
};
const answered: Reply<string> = {
  outcome: "read",
  status: 200,
  headers: new Headers({ "x-amzn-requestid": "1" }),
  body: "<ListUsersResponse></ListUsersResponse>",
  url: "https://iam.amazonaws.com/",
};

function client(reply: Reply<string>) {
  const asked: { request: Request; body: string }[] = [];
  const bases: string[] = [];
  const http = {
    async post(request: Request, body: string) {
      asked.push({ request, body });
      return reply;
    },
  } as unknown as Http;
  const connect = (base: string) => {
    bases.push(base);
    return http;
  };
  return { asked, bases, handler: handlerOver(connect) };
}

describe("the way of the SDK to the network", () => {
  it("throws a refusal as it is", async () => {
    const refused: Reply<string> = { outcome: "denied", status: 403, detail: "no", remedy: "ask" };

    await expect(client(refused).handler.handle(signed)).rejects.toMatchObject({ name: "RefusedByAws", refused });
  });

  it.each(["<html></html>", "", "<ListRolesResponse></ListRolesResponse>"])(
    "refuses what is no answer: %s",
    async (body) => {
      await expect(client({ ...answered, body }).handler.handle(signed)).rejects.toThrow(
        "it is no answer to ListUsers",
      );
    },
  );

  it("refuses a body that it cannot send as it was signed", async () => {
    await expect(client(answered).handler.handle({ ...signed, body: { stream: true } })).rejects.toThrow(
      "neither text nor bytes",
    );
  });

  it("sends what was signed, without what the transport says for itself, over one connection for each endpoint", async () => {
    const { handler, asked, bases } = client(answered);

    await handler.handle(signed);
    const { response } = await handler.handle({ ...signed, body: new TextEncoder().encode("Action=ListUsers") });
    await handler.handle({ ...signed, protocol: "http:", hostname: "127.0.0.1", port: 1234 });

    expect(bases).toEqual(["https://iam.amazonaws.com/", "http://127.0.0.1:1234/"]);
    expect(asked[1]).toEqual({
      request: { path: "/", headers: { authorization: "signed", "x-amz-date": "now" } },
      body: "Action=ListUsers",
    });
    expect([response.statusCode, response.headers, new TextDecoder().decode(response.body)]).toEqual([
      200,
      { "x-amzn-requestid": "1" },
      answered.body,
    ]);
  });
});

describe("whether AWS wants to be asked again", () => {
  const isThrottled = (status: number, text: string) =>
    throttling.isThrottled?.({ status, headers: new Headers(), text });

  it.each([
    [400, "<Error><Code>ValidationError</Code></Error>"],
    [400, "<Error><Code>NotThrottling</Code></Error>"],
    [403, "<Error><Code>AccessDenied</Code><Message>Throttling</Message></Error>"],
    [200, "<ListUsersResponse></ListUsersResponse>\n"],
    [200, '{"Accounts":[]}'],
  ])("not after %i %s", (status, text) => {
    expect(isThrottled(status, text)).toBe(false);
  });

  it.each([
    [400, "<Error><Code>Throttling</Code></Error>"],
    [400, "<Error><Code>ThrottlingException</Code></Error>"],
    [400, '{"__type":"TooManyRequestsException"}'],
    [400, '{"__type":"com.amazonaws.organizations.v2016#TooManyRequestsException"}'],
    [404, "<Error><Code>ReportInProgress</Code></Error>"],
    [410, "<Error><Code>ReportExpired</Code></Error>"],
    [410, "<Error><Code>ReportNotPresent</Code></Error>"],
    [200, "<XResponse><JobStatus>IN_PROGRESS</JobStatus></XResponse>"],
    [200, "<ListUsersResponse><Users>"],
    [200, ""],
    [200, "<html>sign in</html>"],
  ])("after %i %s", (status, text) => {
    expect(isThrottled(status, text)).toBe(true);
  });
});

describe("the SDK", () => {
  it("that is not installed is named with the command that installs it", async () => {
    const missing = () =>
      Promise.reject(Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" }));

    await expect(installed("@aws-sdk/client-iam @aws-sdk/client-sts", missing)).rejects.toMatchObject({
      code: "SDK_MISSING",
      message: "aws cannot be read: @aws-sdk/client-iam @aws-sdk/client-sts is not installed",
      remedy: expect.stringContaining("npm install @aws-sdk/client-iam @aws-sdk/client-sts"),
    });
  });

  it("that fails to load for another reason is a bug", async () => {
    await expect(installed("x", () => Promise.reject(new SyntaxError("broken")))).rejects.toThrow(SyntaxError);
  });

  it("is imported nowhere when the provider is", () => {
    const folder = new URL("../../../src/collect/aws/", import.meta.url);
    const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));

    expect(texts.filter((text) => /^import .*from "@(?:aws-sdk|smithy)/m.test(text))).toEqual([]);
  });
});
