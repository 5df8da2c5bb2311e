import { expect, it } from "vitest";
import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { chosen, file, number, pasted, readForm, refusalOf, text, texts, ticked } from "@/app/form";
import { AppError } from "@/lib/errors";
import { stubEnvironment } from "../support/environment";

stubEnvironment({ APP_URL: "https://restday.example.org" });

function formOf(...pairs: [name: string, value: string | File][]): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

const table = new File(["a"], "a.csv");
const form = formOf(
  ["name", " Olga "],
  ["file", table],
  ["list", " a\n\n b "],
  ["tag", "x"],
  ["tag", "y"],
  ["on", ""],
);

const all = { text, pasted, texts, ticked, file };

/** What each kind of field makes of a name of the form above. */
function kindsOf(name: string) {
  const fields = Object.fromEntries(
    Object.entries(all).map(([kind, schema]) => [kind, z.object({ [name]: schema })]),
  );
  return Object.fromEntries(Object.entries(fields).map(([kind, schema]) => [kind, read(schema, name)]));
}

function read(schema: z.ZodType<Record<string, unknown>>, name: string): unknown {
  try {
    return readForm(schema, form)[name];
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
}

it("reads each kind of field; what is missing, or a file in the place of a text, is empty", () => {
  expect(kindsOf("name")).toEqual({
    text: "Olga",
    pasted: " Olga ",
    texts: [" Olga "],
    ticked: true,
    file: undefined,
  });
  expect(kindsOf("list")).toMatchObject({ text: "a\n\n b", pasted: " a\n\n b " });
  expect(kindsOf("tag")).toMatchObject({ text: "x", texts: ["x", "y"], ticked: true });
  expect(kindsOf("on")).toMatchObject({ text: "", ticked: true });
  expect(kindsOf("nothing")).toEqual({ text: "", pasted: "", texts: [], ticked: false, file: undefined });
  expect(kindsOf("file")).toEqual({ text: "", pasted: "", texts: "bad-input", ticked: true, file: table });
});

it.each(["", " ", "x", "NaN", "Infinity", "1,5", "1e999"])("takes %j for no number", (typed) => {
  expect(() => readForm(z.object({ minutes: number }), formOf(["minutes", typed]))).toThrow(
    expect.objectContaining({ code: "bad-input", field: "minutes" }),
  );
});

it("takes what people type for a number", () => {
  const fields = z.object({ one: number, half: number, large: number });
  const typed = formOf(["one", " 1 "], ["half", "0.5"], ["large", "1e19"]);
  expect(readForm(fields, typed)).toEqual({ one: 1, half: 0.5, large: 1e19 });
});

it.each([undefined, null, "Olga", {}, ["a"], 9e19])(
  "leads to the page that is not there when called with %j",
  (none) => {
    expect(() => readForm(z.object({ name: text }), none as unknown as FormData)).toThrow("404");
  },
);

it("takes one of the choices, and nothing else for one of them", () => {
  const fields = z.object({ how: chosen(["again", "dealt-with"]) });
  expect(readForm(fields, formOf(["how", "dealt-with"]))).toEqual({ how: "dealt-with" });
  for (const other of [[], [["how", ""]], [["how", "Again"]], [["how", table]]] as [
    string,
    string | File,
  ][][])
    expect(() => readForm(fields, formOf(...other))).toThrow(
      expect.objectContaining({ code: "bad-input", field: "how" }),
    );
});

it("names the field that was refused, and throws faults on", () => {
  expect(refusalOf(new AppError("bad-input", "", { field: "email" }))).toEqual({
    code: "bad-input",
    field: "email",
  });
  expect(refusalOf(new AppError("conflict", ""))).toEqual({ code: "conflict", field: null });
  expect(() => refusalOf(new RangeError("a fault"))).toThrow("a fault");
});

it("answers a posted form with a page, also when it is refused or is none", async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    answerForm(new Request("https://restday.example.org/x", { method: "POST", body, headers }), {
      fields: z.object({ minutes: number }),
      act: async ({ minutes }) => `/done?minutes=${minutes}`,
      refused: ({ field }) => `/form?problem=${field}`,
    });
  const leadsTo = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    return [status, headers.get("location")];
  };
  expect(await leadsTo(post(new URLSearchParams({ minutes: "2" })))).toEqual([303, "/done?minutes=2"]);
  expect(await leadsTo(post(new URLSearchParams({ minutes: "two" })))).toEqual([
    303,
    "/form?problem=minutes",
  ]);
  const json = post(JSON.stringify({ minutes: 2 }), { "content-type": "application/json" });
  expect(await leadsTo(json)).toEqual([303, "/form?problem=minutes"]);
  const foreign = post(new URLSearchParams({ minutes: "2" }), { origin: "https://evil.example.org" });
  expect((await foreign).status).toBe(403);
});
