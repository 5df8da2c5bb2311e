import { type SQL, sql } from "drizzle-orm";

/** Words of one of our own lists as literals of a raw statement, so that a plan can use a partial index over them: `in ${wordList(LIST)}`. */
export function wordList(words: readonly [string, ...string[]]): SQL {
  return sql.raw(`(${words.map((word) => `'${word}'`).join(",")})`);
}
