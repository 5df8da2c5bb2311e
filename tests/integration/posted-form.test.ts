import { expect, it } from "vitest";
import { choiceOf, fieldText } from "@/app/posted-form";

const form = new FormData();
form.append("name", "Olga");
form.append("file", new File(["a"], "a.csv"));

it("reads a text field; what is missing or a file is empty", () => {
  expect(["name", "file", "nothing"].map((name) => fieldText(form, name))).toEqual(["Olga", "", ""]);
});

it.each([undefined, null, "Olga", {}, ["a"], 9e19])(
  "leads to the page that is not there when called with %j",
  (none) => {
    expect(() => fieldText(none as unknown as FormData, "name")).toThrow("404");
  },
);

it("takes one of the choices, and nothing else for one of them", () => {
  expect(choiceOf(["again", "dealt-with"], "dealt-with")).toBe("dealt-with");
  for (const chosen of ["", "Again", undefined, 0]) expect(() => choiceOf(["again"], chosen)).toThrow("404");
});
