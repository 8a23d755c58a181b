import { describe, expect, it } from "vitest";
import { readExact, readPlain } from "../../src/model/exact-json.ts";

describe("readPlain", () => {
  it.each([
    { text: "", why: "no text" },
    { text: '{"a":1', why: "no end" },
    { text: '{"a":1,"a":1}', why: "a key twice" },
    { text: '{"a":{"b":1,"c":2,"b":3}}', why: "a key twice further in" },
    { text: '[{"a":1},{"a":1,"a":2}]', why: "a key twice in a list" },
    { text: '{"a":"\\u0041"}', why: "an escape" },
    { text: '{"a":1,"a" :2}', why: "a key twice, once so" },
  ])("leaves $text to a reader that looks closer: $why", ({ text }) => {
    expect(readPlain(text)).toBeUndefined();
  });

  it.each(['{"a":1}', '{"a": 1, "b": [{"a": 2}, {"a": null}]}', '{"a":"b:c","d":":"}', '{"":"x"}', "[]", "7"])(
    "reads %s as JSON.parse does",
    (text) => {
      expect(readPlain(text)).toEqual(JSON.parse(text));
    },
  );

  it("never takes a text whose keys repeat, in any arrangement", () => {
    const keys = ['"a":', '"a" :', '"a":1,"b":', '"a":{"b":1},"a":', '"b":{"a":1},"a":'];
    const values = ["1", '"x"', '{"a":1}', '[{"a":1}]', '"\\":"', '":"'];
    const texts = keys.flatMap((first) =>
      keys.flatMap((second) => values.map((value) => `{${first}${value},${second}${value}}`)),
    );
    const repeated = texts.filter((text) => JSON.stringify(JSON.parse(text)).length < text.replaceAll(" ", "").length);

    expect(repeated.length).toBeGreaterThan(50);
    expect(repeated.filter((text) => readPlain(text) !== undefined)).toEqual([]);
  });
});

describe("readExact", () => {
  it.each(["", "{", '{"a":1,"a":1}', '{"a": 1}', "1.0", "-0", "9007199254740993", '{"2":1,"1":2}', '"\\u0041"'])(
    "does not take %s, which would be written in another way",
    (text) => {
      expect(readExact(text)).toBeUndefined();
    },
  );

  it("reads what JSON.stringify writes", () => {
    expect(readExact('{"a":[1,"\\"x",null]}')).toEqual({ a: [1, '"x', null] });
  });
});
