import { describe, expect, it } from "vitest";
import { fromEpoch, isNever, parseInstant, toEpoch } from "../../src/model/instant.ts";

describe("parseInstant", () => {
  it.each([
    { text: "2030-01-01", fault: "no-zone", why: "a date alone" },
    { text: "2030-01-01T00:00:00", fault: "no-zone", why: "no zone" },
    { text: "2030-01-01 00:00", fault: "no-zone", why: "no zone and no seconds" },
    { text: "", fault: "not-a-date", why: "nothing" },
    { text: "soon", fault: "not-a-date", why: "a word" },
    { text: "1735689600", fault: "not-a-date", why: "seconds since 1970" },
    { text: "01/02/2030 00:00:00Z", fault: "not-a-date", why: "another order" },
    { text: "2030-1-1T00:00:00Z", fault: "not-a-date", why: "single digits" },
    { text: "2030-02-30T00:00:00Z", fault: "not-a-date", why: "a day that no February has" },
    { text: "2029-02-29T00:00:00Z", fault: "not-a-date", why: "a leap day in an ordinary year" },
    { text: "2030-13-01T00:00:00Z", fault: "not-a-date", why: "a thirteenth month" },
    { text: "2030-00-01T00:00:00Z", fault: "not-a-date", why: "month zero" },
    { text: "2030-01-01T24:00:00Z", fault: "not-a-date", why: "hour 24" },
    { text: "2030-01-01T00:60:00Z", fault: "not-a-date", why: "minute 60" },
    { text: "2030-01-01T00:00:00+24:00", fault: "not-a-date", why: "a zone a day away" },
    { text: "2030-01-01T00:00:00+0100", fault: "not-a-date", why: "a zone without its colon" },
    { text: "10000-01-01T00:00:00Z", fault: "not-a-date", why: "a fifth digit in the year" },
    { text: "0001-01-01T00:00:00Z", fault: "not-a-date", why: "a year that calendars of programs move" },
    { text: "1969-12-31T23:59:59Z", fault: "out-of-range", why: "a second before 1970" },
    { text: "1970-01-01T00:00:00+00:01", fault: "out-of-range", why: "before 1970 in UTC only" },
    { text: "9999-12-31T23:59:59-00:01", fault: "out-of-range", why: "after 9999 in UTC only" },
  ])("refuses $text: $why", ({ text, fault }) => {
    expect(parseInstant(text)).toEqual({ fault });
  });

  it.each([
    { text: "2030-01-01T00:00:00Z", instant: "2030-01-01T00:00:00Z" },
    { text: "2030-01-01t00:00:00z", instant: "2030-01-01T00:00:00Z" },
    { text: "2030-01-01 00:00:00Z", instant: "2030-01-01T00:00:00Z" },
    { text: "2030-01-01T00:00:00.999999Z", instant: "2030-01-01T00:00:00Z" },
    { text: "2030-01-01T02:00:00+02:00", instant: "2030-01-01T00:00:00Z" },
    { text: "2029-12-31T18:30:00-05:30", instant: "2030-01-01T00:00:00Z" },
    { text: "2028-02-29T23:59:59Z", instant: "2028-02-29T23:59:59Z" },
    { text: "1970-01-01T00:00:00Z", instant: "1970-01-01T00:00:00Z" },
    { text: "9999-12-31T23:59:59Z", instant: "9999-12-31T23:59:59Z" },
  ])("reads $text as $instant", ({ text, instant }) => {
    expect(parseInstant(text)).toEqual({ instant });
  });
});

describe("toEpoch and fromEpoch", () => {
  it.each([
    "",
    "2030-01-01",
    "2030-13-01T00:00:00Z",
    "2030-00-01T00:00:00Z",
    "2030-01-00T00:00:00Z",
    "2030-01-32T00:00:00Z",
  ])("gives no number for %s", (text) => {
    expect(toEpoch(text)).toBeNaN();
  });

  it("agrees with the calendar on every day from 1970 to 9999", () => {
    const last = Date.UTC(9999, 11, 31) / 86_400_000;
    for (let day = 0; day <= last; day += 1) {
      const seconds = day * 86_400 + ((day * 7_919) % 86_400);
      const instant = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
      if (toEpoch(instant) !== seconds) expect.fail(`${instant} gives ${toEpoch(instant)}`);
    }
  });

  it.each([{ seconds: Number.NaN }, { seconds: Number.POSITIVE_INFINITY }, { seconds: 1e15 }])(
    "refuse $seconds seconds as no date",
    ({ seconds }) => {
      expect(fromEpoch(seconds)).toEqual({ fault: "not-a-date" });
    },
  );

  it.each([{ seconds: -1 }, { seconds: 253_402_300_800 }])("refuse $seconds seconds as out of range", ({ seconds }) => {
    expect(fromEpoch(seconds)).toEqual({ fault: "out-of-range" });
  });

  it("are each other's inverse", () => {
    expect(fromEpoch(toEpoch("2030-01-01T00:00:01Z"))).toEqual({ instant: "2030-01-01T00:00:01Z" });
  });
});

describe("isNever", () => {
  it.each([
    { instant: "2098-12-31T23:59:59Z", never: false },
    { instant: "2099-01-01T00:00:00Z", never: true },
    { instant: "9999-12-31T23:59:59Z", never: true },
  ])("says $never of $instant", ({ instant, never }) => {
    expect(isNever(instant)).toBe(never);
  });
});
