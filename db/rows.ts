import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Db } from "./client";

type Raw<T> = (text: TemplateStringsArray, ...values: unknown[]) => T;

/**
 * Rows of a raw statement, each checked as it is read: the compiler knows nothing of SQL in a string. Every column has to
 * be declared and to arrive, even where there is no row. To be written before the statement in place of `sql`.
 * @param query the function that reads them
 * @param row what a row is: one schema, made once, for the first use compiles it
 * @throws Error that names the query and the column, never a value
 */
export function rowsOf<S extends z.ZodObject>(db: Db, query: string, row: S): Raw<Promise<z.output<S>[]>> {
  return async (text, ...values) => {
    const rows = await db.execute(sql(text, ...values));
    const sent = rows.columns.map(({ name }) => name);
    const declared = Object.keys(row.shape);
    const odd = [
      ...declared.filter((name) => !sent.includes(name)).map((name) => `column "${name}": not read`),
      ...sent.filter((name) => !declared.includes(name)).map((name) => `column "${name}": not declared`),
    ];
    if (odd.length > 0) throw misread(query, odd);
    return checkedRows(query, row, rows);
  };
}

/** Rows that came another way, checked in the same manner. @throws Error that names the query and the column */
export function checkedRows<S extends z.ZodType>(
  query: string,
  row: S,
  rows: readonly unknown[],
): z.output<S>[] {
  return rows.map((read) => checked(query, row, read));
}

/**
 * An expression in the builder's list of columns, checked as it is read. The builder lets null pass unseen, as with every
 * column: the schema has to be nullable where the expression can be null.
 * @param name query and column
 */
export function columnOf<S extends z.ZodType>(name: string, value: S): Raw<SQL<z.output<S>>> {
  return (text, ...values) => sql(text, ...values).mapWith((read: unknown) => checked(name, value, read));
}

function checked<S extends z.ZodType>(query: string, schema: S, read: unknown): z.output<S> {
  const result = schema.safeParse(read);
  if (result.success) return result.data;
  const odd = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `column "${path.join(".")}": ${message}` : message,
  );
  throw misread(query, odd);
}

const misread = (query: string, odd: readonly string[]) =>
  new Error(`${query} reads other rows than it declares (${odd.slice(0, 3).join("; ")})`);

const CIVIL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A civil date: the driver leaves dates as text. */
export const civilDate = z.string().regex(CIVIL_DATE, "Invalid input: expected YYYY-MM-DD");

/** A document of type json as its column declares it: the table's schema is the one place that says so. */
export const documentOf = <C extends PgColumn>(_column: C) =>
  z.custom<C["_"]["data"]>(
    (read) => typeof read === "object" && read !== null,
    "Invalid input: expected JSON",
  );

/**
 * A whole column gathered into one array. One loop looks at every value: a schema for each would cost many times as much,
 * and histories are gathered by the million.
 */
const listOf = <T>(what: string, is: (read: unknown) => read is T) =>
  z.custom<T[]>((read) => Array.isArray(read) && read.every(is), `Invalid input: expected array of ${what}`);

const isNumber = (read: unknown): read is number => typeof read === "number";
const isText = (read: unknown): read is string => typeof read === "string";

export const numbers = listOf("numbers", isNumber);
export const numbersOrNull = listOf("numbers", (read) => read === null || isNumber(read));
export const texts = listOf("texts", isText);
export const civilDates = listOf(
  "YYYY-MM-DD",
  (read): read is string => isText(read) && CIVIL_DATE.test(read),
);
export const textsOrNull = listOf("texts", (read) => read === null || isText(read));
export const booleans = listOf("booleans", (read) => typeof read === "boolean");

/** Words of one of our own lists, with null where the list has it. */
export const wordsOf = <W extends string | null>(list: readonly W[]) => {
  const known = new Set<unknown>(list);
  return listOf(list.join(", "), (read): read is W => known.has(read));
};
