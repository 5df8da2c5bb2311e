import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf } from "./csv";

describe("csvOf", () => {
  it("writes numbers with a point and leaves the unknown empty", () => {
    expect(csvOf(["a", "b", "c"], [[1.23456, null, true]])).toBe("a,b,c\r\n1.235,,1\r\n");
  });

  it("quotes what would break a line apart", () => {
    expect(csvOf(["name"], [['Novák, "Tom"']])).toBe('name\r\n"Novák, ""Tom"""\r\n');
  });

  it("lets no name run as a formula", () => {
    expect(csvOf(["name"], [["=1+1"], ["-2"], [-2]])).toBe("name\r\n'=1+1\r\n'-2\r\n-2\r\n");
  });

  it("is read back as it was written, whatever stands in a cell", () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "-", "\t", " ", "a", "é", "'") }),
    );
    const lines = fc.array(fc.tuple(cell, cell, cell), { minLength: 1 });
    fc.assert(
      fc.property(lines, (cells) => {
        const [, ...read] = parse(csvOf(["a", "b", "c"], cells)) as string[][];
        const plain = read.map((line) => line.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, "")));
        const written = cells.map((line) =>
          line.map((text) => (text ?? "").replace(/^'(?=[=+\-@\t\r])/, "")),
        );
        expect(plain).toEqual(written);
      }),
    );
  });
});
