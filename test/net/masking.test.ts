import { describe, expect, it } from "vitest";
import { openMasking, secretsIn } from "../../src/net/masking.ts";

const SECRET = ["pa/ss", "wo+rd", "ü=0123456789"].join("");

describe("a secret in use", () => {
  const forms: [string, string][] = [
    ["raw", SECRET],
    ["URL-encoded", encodeURIComponent(SECRET)],
    ["URL-encoded in small letters", encodeURIComponent(SECRET).toLowerCase()],
    ["in a form", new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ["in JSON", JSON.stringify(`"${SECRET}`).slice(3, -1)],
    ...["", "a", "ab", "user:"].flatMap((before): [string, string][] => [
      [`in base64 behind "${before}"`, Buffer.from(before + SECRET).toString("base64")],
      [`in base64url behind "${before}"`, Buffer.from(`${before + SECRET}:after`).toString("base64url")],
    ]),
  ];

  it.each(forms)("is masked %s", (_, form) => {
    const masked = openMasking([SECRET]).text(`before ${form} after`);

    expect(masked).toMatch(/^before .{0,8}\*\*\*.{0,12} after$/);
    expect(masked).not.toContain(form.slice(8, -12));
  });

  it("is masked from when it is known", () => {
    const masking = openMasking([]);
    const before = masking.known(`a ${SECRET} b`);
    masking.add(SECRET);
    masking.add("");
    masking.add("abc");

    expect(before).toContain(SECRET);
    expect(masking.known(`a ${SECRET} b abc`)).toBe("a *** b abc");
  });
});

it.each([
  ["https://a.example.com/x?access_token=abc&page=2#frag", "https://a.example.com/x?access_token=***&page=2"],
  [
    "https://a.example.com/x?X-Amz-Signature=abc&sig=d&API_KEY=e",
    "https://a.example.com/x?X-Amz-Signature=***&sig=***&API_KEY=***",
  ],
  ["https://a.example.com/x?AccessKeyId=abc&token_id=d", "https://a.example.com/x?AccessKeyId=abc&token_id=d"],
  [
    "https://a.example.com/x?page_token=abc&NextToken=d&Marker=e&keyset=f",
    "https://a.example.com/x?page_token=abc&NextToken=d&Marker=e&keyset=f",
  ],
  ["https://user:word@a.example.com/", "https://a.example.com/"],
])("%s is shown as %s", (url, shown) => {
  expect(openMasking([]).url(new URL(url))).toBe(shown);
});

it("finds the secrets of headers by the headers' names", () => {
  const headers = {
    authorization: "Bearer abcdefghijkl",
    "private-token": "short",
    cookie: "a=0123456789ab; b",
    accept: "text/plain",
  };

  expect(secretsIn(headers)).toEqual([
    "Bearer abcdefghijkl",
    "abcdefghijkl",
    "short",
    "a=0123456789ab; b",
    "a=0123456789ab",
  ]);
});
