import { z } from "zod";

/** Any number a Postgres integer can hold; larger ones are no measurement of a person. */
export const number = () => z.number().min(-2_147_483_648).max(2_147_483_647);

/** A number that may be absent. */
export const maybeNumber = () => number().nullish();

/** Text that may be absent; NUL, which Postgres cannot keep, is taken out. */
export const maybeText = () =>
  z
    .string()
    .max(500)
    .transform((value) => value.replaceAll("\u0000", ""))
    .nullish();

/** `YYYY-MM-DD`. */
export const civilDate = () => z.iso.date();

/** `YYYY-MM-DDTHH:MM[:SS[.fff]]` without a zone: a wall clock, or UTC where the endpoint says so. */
export const naiveTime = () => z.iso.datetime({ local: true, offset: false });

/** An instant with `Z` or an offset. */
export const instant = () => z.iso.datetime({ offset: true });

/** ISO-8601 duration such as `PT1H13M32.189S`. */
export const duration = () => z.string().regex(/^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/);
