/** Text as Postgres can keep it: without NUL, and with a mark in the place of half a character. */
export const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();
