import { describe, expect, it } from "vitest";
import { type Used, widestSeen } from "../../../src/collect/aws/usage.ts";

const last = new Date("2029-12-01T00:00:00Z");
const grant = (scope: string, access: "read" | "write" | "admin", family = "action") => ({
  family,
  scope,
  access,
  resource: "*",
});
const iam = (...actions: string[]): Used => ({
  service: "iam",
  last,
  actions: actions.map((name) => ({ name, last })),
});
const unused = (service: string, ...actions: string[]): Used => ({
  service,
  actions: actions.map((name) => ({ name })),
});

describe("the widest access that was seen", () => {
  it.each([
    { is: "nothing was used", used: [unused("iam", "CreateUser")], grants: [] },
    { is: "a service was used and nothing of it is tracked", used: [{ service: "s3", last, actions: [] }], grants: [] },
    {
      is: "something unheard of was used",
      used: [{ service: "nosuch", last, actions: [{ name: "Do", last }] }],
      grants: [],
    },
    {
      is: "what may also have written is not tracked",
      used: [iam("ListUsers")],
      grants: [grant("iam:CreateUser", "admin")],
    },
    { is: "a pattern may have written", used: [iam("ListUsers")], grants: [grant("iam:*", "admin")] },
    {
      is: "a policy by name may have written",
      used: [iam("ListUsers")],
      grants: [grant("arn:aws:iam::aws:policy/X", "admin", "managed-policy")],
    },
    { is: "everything may have been written", used: [iam("ListUsers")], grants: [grant("*", "admin")] },
  ])("is unknown where $is", ({ used, grants }) => {
    expect(widestSeen(used, grants)).toEqual({ unknown: "not-exposed" });
  });

  it.each([
    {
      is: "reading, where nothing else is allowed",
      used: [iam("ListUsers")],
      grants: [grant("iam:ListUsers", "read")],
      value: "read",
    },
    {
      is: "reading, where the writing is tracked and was not seen",
      used: [{ ...iam("ListUsers"), actions: [{ name: "ListUsers", last }, { name: "createuser" }] }],
      grants: [grant("iam:CreateUser", "admin")],
      value: "read",
    },
    {
      is: "reading, where the writing is in a service that was not used",
      used: [iam("ListUsers"), unused("sqs", "SendMessage")],
      grants: [grant("sqs:SendMessage", "write"), grant("sqs:Delete*", "write")],
      value: "read",
    },
    {
      is: "more, whatever else there is",
      used: [iam("ListUsers", "AttachUserPolicy")],
      grants: [grant("*", "admin")],
      value: "admin",
    },
  ])("is $is", ({ used, grants, value }) => {
    expect(widestSeen(used, grants)).toEqual({ value });
  });
});
