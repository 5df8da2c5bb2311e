import fc from "fast-check";
import { expect, test } from "vitest";
import { readInvitationList } from "./list";

const read = (text: string) =>
  readInvitationList(text).map(({ name, email, groupName, problem }) => [name, email, groupName, problem]);

test("one address a line, with the name taken from it", () => {
  expect(read("signe.holm@example.org\r\nM_LINDHOLM@Example.org\n")).toEqual([
    ["Signe Holm", "signe.holm@example.org", null, null],
    ["M Lindholm", "m_lindholm@example.org", null, null],
  ]);
});

test("names with addresses, as mail programs write them", () => {
  expect(read('Signe Holm <signe@example.org>,\n"Bakker, Joris" <joris@example.org>')).toEqual([
    ["Signe Holm", "signe@example.org", null, null],
    ["Bakker, Joris", "joris@example.org", null, null],
  ]);
});

test.each([",", ";", "\t"])("columns divided by %j, in any order, below a heading", (divider) => {
  const text = [
    ["Name", "E-mail", "Group"],
    ["Signe Holm", "signe@example.org", "Sculls"],
    ["joris@example.org", "Joris Bakker", ""],
  ];
  expect(read(text.map((row) => row.join(divider)).join("\n"))).toEqual([
    ["Signe Holm", "signe@example.org", "Sculls", null],
    ["Joris Bakker", "joris@example.org", null, null],
  ]);
});

test("quoted cells keep their divider and their quotes", () => {
  expect(read('"Holm, ""Sig"" Signe",signe@example.org')).toEqual([
    ['Holm, "Sig" Signe', "signe@example.org", null, null],
  ]);
});

test("a name without an address can be invited by link", () => {
  expect(read("Signe Holm")).toEqual([["Signe Holm", null, null, null]]);
});

test("lines that cannot be invited say why, with their number in the text", () => {
  const lines = readInvitationList("a@example.org\n\nnot@an@address\nA@example.org\n;;x@\n");
  expect(lines.map(({ line, problem }) => [line, problem])).toEqual([
    [1, null],
    [3, "bad-email"],
    [4, "repeated"],
    [5, "bad-email"],
  ]);
});

test.each([
  [
    "a bad address is no group, with headings",
    "Name;E-mail;Group\nAnna Berg;not-an-email;Juniors",
    2,
    "bad-email",
  ],
  ["a bad address is no group, without headings", "Anna Berg, not-an-email", 1, "bad-email"],
  ["nor where the others have one", "Bo Ek,bo@example.org\nAnna Berg,anna(at)example.org", 2, "bad-email"],
  ["nor in another column of addresses", "bo@example.org;Bo Ek\nanna.example.org;Anna Berg", 2, "bad-email"],
  ["a second address is no group", "Anna Berg,anna@example.org,mother@example.org", 1, "bad-group"],
  ["a number is no name", "0401234567,anna@example.org", 1, "bad-name"],
  ["a name of 81 letters", `${"a".repeat(81)},anna@example.org`, 1, "bad-name"],
  ["a group of 41 letters", `Anna,anna@example.org,${"g".repeat(41)}`, 1, "bad-group"],
  ["a telephone number is no group", "Anna Berg,anna@example.org,+358 40 123 4567", 1, "bad-group"],
  ["nor in its local form", "Anna Berg;;040-1234567", 1, "bad-group"],
  ["a birthday is no group", "Anna Berg;anna@example.org;12.3.2009", 1, "bad-group"],
  ["nor as it is written in data", "Anna Berg;anna@example.org;2009-03-12", 1, "bad-group"],
  ["a fourth column", "Anna Berg,anna@example.org,Juniors,goalkeeper", 1, "too-many-columns"],
  ["a quote that is never closed", '"Anna Berg,anna@example.org', 1, "unreadable"],
  [
    "a heading that is not known",
    "Name,E-mail,Shoe size\nAnna Berg,anna@example.org,39",
    1,
    "unknown-column",
  ],
  [
    "a second column of addresses",
    "Name,E-mail,E-mail\nAnna Berg,anna@example.org,mother@example.org",
    1,
    "unknown-column",
  ],
])("%s", (_, text, line, problem) => {
  const wrong = readInvitationList(text).filter((one) => one.problem !== null);
  expect(wrong.map((one) => [one.line, one.problem])).toEqual([[line, problem]]);
});

test("columns stand in the order of the headings, in English and in Finnish", () => {
  expect(read("Ryhmä;Sähköposti;Nimi\nJuniorit;aino@example.org;Aino Laine\nJuniorit;;Eero Niemi")).toEqual([
    ["Aino Laine", "aino@example.org", "Juniorit", null],
    ["Eero Niemi", null, "Juniorit", null],
  ]);
  expect(read("Anna Berg,,Juniors")).toEqual([["Anna Berg", null, "Juniors", null]]);
});

test("first and last names are one name, whatever their order", () => {
  expect(read("First name;Last name;E-mail\nAnna;Berg;anna@example.org\nBo;;bo@example.org")).toEqual([
    ["Anna Berg", "anna@example.org", null, null],
    ["Bo", "bo@example.org", null, null],
  ]);
  expect(read("Sukunimi,Etunimi,Ryhmä\nLaine,Aino,2009")).toEqual([["Aino Laine", null, "2009", null]]);
});

test.each(["2009", "2008/2009", "U18", "1", "08/09", "Juniors 2009-03-12"])("%s can be a group", (group) => {
  expect(read(`Anna Berg;anna@example.org;${group}`)).toEqual([
    ["Anna Berg", "anna@example.org", group, null],
  ]);
});

test("every line with anything on it is accounted for, and nothing invited has a bad address", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "@", ".", " ", "é") });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 8 }), (rows) => {
      const text = rows.map((row) => row.join(";")).join("\n");
      const lines = readInvitationList(text);
      expect(lines).toHaveLength(text.split("\n").filter((line) => /[^\s;]/.test(line)).length);
      for (const { name, email } of lines.filter((line) => line.problem === null)) {
        expect(name).not.toBe("");
        if (email !== null) expect(email).toMatch(/^[^@\s]+@[^@\s]+$/);
      }
    }),
  );
});
