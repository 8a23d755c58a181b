import { describe, expect, it } from "vitest";
import { peopleIn } from "../../src/config/directory.ts";

const header = "id,login,email,name,state,team";
const read = (text: string, states: Record<string, string> = {}) => peopleIn({ text, uri: "people.csv", states });
const faultsOf = async (text: string) =>
  (await read(text)).faults.map(({ position: { line }, text }) => `${line}: ${text}`);

describe("a directory is refused", () => {
  it.each([
    { what: "that is empty", text: "", fault: "names nobody" },
    { what: "of a header alone", text: `${header}\n`, fault: "names nobody" },
    { what: "of an empty list", text: "[]", fault: "names nobody" },
    { what: "with semicolons", text: "id;state\n1;active\n", fault: "1: the cells are not separated by commas" },
    { what: "without keys", text: "state,team\nactive,a\n", fault: "no column is one of id" },
    {
      what: "without what it is for",
      text: "login,stat\nmona,active\n",
      fault: '1: no column is state or team; "stat" perhaps means state',
    },
    {
      what: "with two columns of one meaning",
      text: "login,Status,account enabled\nmona,active,true\n",
      fault: '"Status" and "account enabled" both mean the column state',
    },
    {
      what: "with a word that nobody knows",
      text: "login,state\nmona,active\nlisa,Sabbatical\nkim,sabbatical\n",
      fault: '3: the state "Sabbatical" (on 2 lines) is not understood; say under owners.states',
    },
    { what: "with a short row", text: "login,state\nmona\n", fault: "2: a row of 1 cells under a header of 2" },
    {
      what: "with a quotation mark too few",
      text: 'login,state\n"mona,active\n',
      fault: "2: not valid CSV: the quotation mark",
    },
    {
      what: "with somebody twice",
      text: "login,state\nmona,gone\nlisa,active\nMona,active\n",
      fault: '4: the login "Mona" stands on line 2 already',
    },
    { what: "with an address twice", text: "email,state\nm@acme.test,gone\nM@ACME.test,active\n", fault: "the email" },
    { what: "with an id twice", text: "id,state\n7,gone\n7,active\n", fault: 'the id "7" stands on line 2' },
    { what: "with nobody in a row", text: "login,state\n ,active\n", fault: "2: nobody is named" },
    { what: "with a formula", text: 'login,team\nmona,"=HYPERLINK(""http://x"")"\n', fault: '2: team: "=HYPERLINK' },
    {
      what: "with a text too long",
      text: `login,team\nmona,${"a".repeat(1_001)}\n`,
      fault: "2: team: a text of more than 1000",
    },
    { what: "of one object", text: '{"login":"mona"}', fault: "expected a list of people" },
    { what: "of broken JSON", text: '[\n{"login":"mona","state":"active"}\n,]', fault: "3: not valid JSON" },
    { what: "with text after the list", text: '[{"login":"a","state":"gone"}]x', fault: "more text after the list" },
    { what: "of words", text: '["mona"]', fault: '1: expected a mapping of one person, found "mona"' },
    { what: "with a key twice", text: '[{"login":"a","login":"b","state":"gone"}]', fault: "/login is written twice" },
    {
      what: "with a list for a text",
      text: '[{"login":"a","state":"gone","team":["x"]}]',
      fault: "team: expected text, found a list",
    },
  ])("$what", async ({ text, fault }) => {
    const faults = await faultsOf(text);

    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it("with all that is wrong at once", async () => {
    expect(await faultsOf("login,state\nmona,maybe\nlisa\nkim,=1\nkim,active\n")).toHaveLength(4);
  });
});

describe("people are read", () => {
  it.each([
    { form: "CSV", text: `${header},salary\n7,mona,m@acme.test,Mona L,Active,platform,1\n` },
    { form: "CSV with CRLF", text: `${header}\r\n7,mona,m@acme.test,Mona L,ACTIVE,platform\r\n,,,,,\r\n` },
    {
      form: "CSV with the names that others use",
      text: "User ID,userPrincipalName,Mail,Display Name,account_enabled,Department\n7,mona,m@acme.test,Mona L,true,platform\n",
    },
    {
      form: "JSON",
      text: `[\n{"id":7,"login":"mona","email":"m@acme.test","name":"Mona L","state":"active","team":"platform","x":{}}]`,
    },
  ])("from $form", async ({ text }) => {
    const person = {
      line: 2,
      id: "7",
      login: "mona",
      email: "m@acme.test",
      name: "Mona L",
      state: "active",
      team: "platform",
    };

    expect(await read(text)).toEqual({ people: [person], faults: [] });
  });

  it.each([
    { word: "Active", state: "active" },
    { word: "TRUE", state: "active" },
    { word: "inactive", state: "suspended" },
    { word: "Locked out", state: "suspended" },
    { word: "LOCKED_OUT", state: "suspended" },
    { word: "Deprovisioned", state: "deleted" },
    { word: "terminated", state: "deleted" },
    { word: "", state: undefined },
    { word: "on leave", state: "active" },
    { word: "ON-LEAVE", state: "active" },
    { word: "secondment", state: undefined },
    { word: "staged", state: "deleted" },
    { word: "current", state: "suspended" },
  ])("with the state $word as $state", async ({ word, state }) => {
    const states = { "on leave": "active", secondment: "unknown", staged: "gone", current: "suspended" };

    const { people, faults } = await read(`login,state\nmona,${word}\n`, states);

    expect(faults).toEqual([]);
    expect(people[0]?.state).toBe(state);
  });

  it("in other columns where a text stands over several lines", async () => {
    const { people } = await read('login,note,state\nmona,"a\nb",gone\nlisa,,active\n');

    expect(people).toEqual([
      { line: 2, login: "mona", state: "deleted" },
      { line: 4, login: "lisa", state: "active" },
    ]);
  });

  it("without the secret that somebody put there", async () => {
    const secret = `ghp_${"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"}`;

    expect(JSON.stringify(await read(`login,state,team\nmona,active,${secret}\n`))).not.toContain(secret);
  });
});
