import fc from "fast-check";
import { expect, test } from "vitest";
import { seal, unseal } from "./seal";

test("whatever is sealed opens again, and never to a reader with another secret or purpose", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (plain) => {
      const sealed = seal(plain, { secret: "one", purpose: "token" });
      expect(unseal(sealed, { secret: "one", purpose: "token" })).toBe(plain);
      expect(() => unseal(sealed, { secret: "two", purpose: "token" })).toThrow();
      expect(() => unseal(sealed, { secret: "one", purpose: "mail" })).toThrow();
    }),
    { numRuns: 25 },
  );
});

test("a changed letter is noticed", () => {
  const sealed = seal("secret", { secret: "one", purpose: "token" });
  const flipped = sealed.slice(0, -1) + (sealed.endsWith("A") ? "B" : "A");
  expect(() => unseal(flipped, { secret: "one", purpose: "token" })).toThrow();
});
