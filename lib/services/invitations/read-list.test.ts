import fc from "fast-check";
import { expect, test } from "vitest";
import { readInvitationList } from "./read-list";

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
