import { notFound } from "next/navigation";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors";
import { oneOf, parseInput } from "@/lib/services/access/require";
import { many, one } from "./search";

/** A text, without the spaces round it; "" when it is missing, or a file stands in its place. */
export const text = one.transform((value) => value?.trim() ?? "");

/** A text as it was sent: what was pasted keeps its lines and spaces. */
export const pasted = one.transform((value) => value ?? "");

/** All texts of a name: boxes of which several may be ticked. */
export const texts = many;

/** Whether a box is ticked: one that is not is not sent. */
export const ticked = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined);

/** A number as people type it; nothing is no number. */
export const number = text.pipe(z.string().min(1).transform(Number).pipe(z.number()));

/** One of a list's words: what a button or a list stands for. */
export const chosen = <const Word extends string>(words: readonly Word[]) => text.pipe(oneOf(words));

/** A file; undefined when none was chosen. */
export const file = z.instanceof(File).optional().catch(undefined);

/**
 * The values of a form that was sent, typed by a schema of the fields above. What is no form comes from no page of ours
 * (whoever calls an action by its id can hand it anything) and leads to the page that is not there.
 * @throws AppError `bad-input` naming the first field that is wrong, as the services refuse
 */
export function readForm<S extends z.ZodType>(fields: S, form: FormData): z.output<S> {
  if (!(form instanceof FormData)) notFound();
  const names = [...new Set(form.keys())];
  return parseInput(fields, Object.fromEntries(names.map((name) => [name, oneOrAll(form.getAll(name))])));
}

const oneOrAll = (values: FormDataEntryValue[]) => (values.length > 1 ? values : values[0]);

/** Why a form was refused, for the words beside its fields. Faults are thrown on. */
export function refusalOf(error: unknown): { code: ErrorCode; field: string | null } {
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, field: error.field ?? null };
}
