import { describe, expect, it } from "vitest";
import { emailAddress, optionalAddress, parseSender } from "./address";

const kept = (typed: unknown) => emailAddress.safeParse(typed).data;

const ADDRESSES: [typed: string, address: string][] = [
  ["ada@example.org", "ada@example.org"],
  ["  Ada.Berg+squad@Example.ORG ", "ada.berg+squad@example.org"],
  ["o'neill/a=b_c@example.org", "o'neill/a=b_c@example.org"],
  ["a@b.co", "a@b.co"],
  ["ada@mail.training.example.org", "ada@mail.training.example.org"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
  ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
  ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
  ["ada@пошта.укр", "ada@xn--80a1acn3a.xn--j1amh"],
  ["ada@例子。中国", "ada@xn--fsqu00a.xn--fiqs8s"],
  ["ada@urheiluseura-ääkköset.fi", "ada@xn--urheiluseura-kkset-xtba49a.fi"],
  [`ada@${"a".repeat(63)}.org`, `ada@${"a".repeat(63)}.org`],
];

const NONE: [typed: unknown, why: string][] = [
  ["", "nothing"],
  ["   ", "nothing but spaces"],
  ["ada", "no @"],
  ["ada@", "no domain"],
  ["@example.org", "no name"],
  ["ada@example", "a domain without a dot"],
  ["ada@localhost", "the machine itself"],
  ["ada@bücher", "an international domain without a dot"],
  ["ada@example.o", "a last label of one letter"],
  ["ada@example.", "no last label"],
  ["ada@example.org.", "a dot at the end"],
  ["ada@.example.org", "a dot after the @"],
  ["ada@example..org", "two dots"],
  ["ada@-example.org", "a hyphen first"],
  ["ada@example-.org", "a hyphen last"],
  ["ada@exam_ple.org", "an underscore in the domain"],
  ["ada@192.0.2.1", "an address of a machine"],
  ["ada@[192.0.2.1]", "an address of a machine in brackets"],
  ["ada@0x7f.1", "an address of a machine, written in hexadecimal"],
  ["ada@example.org/squad", "a path after it"],
  ["ada@example.org?subject=hello", "a subject after it"],
  ["ada@example.org#a", "a fragment after it"],
  ["ada@example.org:25", "a port after it"],
  ["ada@ex%61mple.org", "a percent-encoded domain"],
  ["ada@exam ple.org", "a space inside"],
  ["ada@exam\tple.org", "a tab inside"],
  ["ada@exam\nple.org", "a line break inside"],
  ["ada@exam\0ple.org", "a NUL inside"],
  ["ada berg@example.org", "a space in the name"],
  ["ada@berg@example.org", "two @"],
  [".ada@example.org", "a dot first"],
  ["ada.@example.org", "a dot before the @"],
  ["ada..berg@example.org", "two dots in the name"],
  ["åda@example.org", "a name that most mail servers do not take"],
  ['"ada berg"@example.org', "a quoted name"],
  ["Ada <ada@example.org>", "a name before it"],
  ["ada@example.org, bo@example.org", "two addresses"],
  ["ada(at)example.org", "a written-out @"],
  ["mailto:ada@example.org", "a link"],
  [`${"a".repeat(65)}@example.org`, "a name of more than 64 characters"],
  [`ada@${"a".repeat(64)}.org`, "a label of more than 63 characters"],
  [`ada@${"abcdefgh.".repeat(30)}org`, "more than 254 characters"],
  [null, "null"],
  [undefined, "undefined"],
  [7, "a number"],
  [["ada@example.org"], "a list"],
];

describe("the one judge of addresses", () => {
  it.each(ADDRESSES)("takes %j as %s, also where an address may be left out", (typed, address) => {
    expect(kept(typed)).toBe(address);
    expect(optionalAddress.safeParse(typed).data).toBe(address);
  });

  it.each(NONE)("takes %j for none: %s", (typed) => {
    expect(kept(typed)).toBeUndefined();
    if (typeof typed !== "string" || typed.trim() !== "")
      expect(optionalAddress.safeParse(typed).success).toBe(false);
  });

  it.each(["", "  "])("reads %j as left out where it may be", (typed) => {
    expect(optionalAddress.safeParse(typed)).toMatchObject({ success: true, data: null });
  });

  it("judges a sender's address by the same table", () => {
    for (const [typed] of ADDRESSES) expect(parseSender(`Restday <${typed.trim()}>`), typed).toBeDefined();
    const bare = NONE.filter(([typed, why]) => typeof typed === "string" && why !== "a name before it");
    for (const [typed] of bare.filter(([, why]) => why !== "the machine itself"))
      expect(parseSender(`Restday <${typed}>`), String(typed)).toBeUndefined();
  });

  it("lets the programs of one machine write to each other", () => {
    expect(parseSender("Restday <restday@localhost>")).toEqual({
      name: "Restday",
      address: "restday@localhost",
    });
    expect(parseSender("restday@mailhost")).toBeUndefined();
  });

  it("ends at once with what is made to last", () => {
    const startedAt = performance.now();
    for (const made of [`${"a.".repeat(50_000)}@`, `a@${"a-".repeat(50_000)}`, `a@${"a.".repeat(50_000)}`])
      expect(kept(made)).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
