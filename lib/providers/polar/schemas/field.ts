import { z } from "zod";
import { isCivilDate } from "@/lib/time/civil-date";
import { storable } from "./storable";
import { dateOf, readDuration, readTime, type WrittenTime } from "./time";

/** Any number a Postgres integer can hold; larger ones are no measurement of a person. */
export const number = () => z.number().min(-2_147_483_648).max(2_147_483_647);

/** A number that may be absent. */
export const maybeNumber = () => number().nullish();

/** Text; NUL and halves of a character, which Postgres cannot keep, are taken out. */
export const plainText = () => z.string().max(500).transform(storable);

/** Text that may be absent. */
export const maybeText = () => plainText().nullish();

/** Text that `read` understands; anything else is refused as no such `format`. */
const written = <T>(format: "date" | "datetime" | "duration", read: (text: string) => T | null) =>
  z.string().transform((text, ctx): T => {
    const value = text.length > 60 ? null : read(text);
    if (value !== null) return value;
    ctx.addIssue({ code: "invalid_format", format, input: text });
    return z.NEVER;
  });

/** `YYYY-MM-DD`; a time is taken for the day it names. */
export const civilDate = () =>
  written("date", (text) => {
    if (isCivilDate(text)) return text;
    const time = readTime(text);
    return time && dateOf(time);
  });

/** A time with or without a zone (lib/providers/polar/schemas/time.ts); the reader decides what its digits mean. */
export const time = () => written<WrittenTime>("datetime", readTime);

/** An ISO-8601 duration such as `PT1H13M32.189S`, in milliseconds. */
export const duration = () => written("duration", readDuration);
