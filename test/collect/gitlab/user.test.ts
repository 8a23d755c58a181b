import { describe, expect, it } from "vitest";
import { userOf } from "../../../src/collect/gitlab/user.ts";

describe("a user", () => {
  it.each([{}, { id: "x" }, { id: null, username: "alice" }])("without a number is none: %j", (record) => {
    expect(userOf(record)).toBeUndefined();
  });

  it.each([
    { username: "project_9_bot_x", bot: false, kind: "personal" },
    { username: "service_account_x", bot: false, kind: "personal" },
    { username: "alice", bot: undefined, kind: "personal" },
    { username: "project_9_bot_x", bot: true, kind: "project" },
    { username: "project_9_bot", bot: undefined, kind: "project" },
    { username: "group_9_bot_x", bot: true, kind: "group" },
    { username: "deployer", bot: true, kind: "service" },
    { username: "service_account_group_1_x", bot: undefined, kind: "service" },
  ])("named $username that GitLab calls a bot ($bot) has tokens of the kind $kind", ({ username, bot, kind }) => {
    expect(userOf({ id: 3, username, bot })).toMatchObject({ kind, username });
  });

  it.each([
    { state: undefined, told: { unknown: "not-exposed" } },
    { state: "frozen", told: { unknown: "failed" } },
    { state: 7, told: { unknown: "failed" } },
    { state: "banned", told: { value: "suspended" } },
    { state: "deactivated", told: { value: "suspended" } },
    { state: "active", told: { value: "active" } },
  ])("in the state $state is told as $told", ({ state, told }) => {
    expect(userOf({ id: 3, state })?.state).toEqual(told);
  });
});
