import { getTableColumns, sql } from "drizzle-orm";
import { type PgTable, pgView } from "drizzle-orm/pg-core";
import { DAYS_TO_TAKE_OVER, FIRST_SOURCE, NIGHT_METRICS } from "../../lib/wearables/source";
import { wordList } from "../words";
import { nightColumns, nights, sleepColumns, sleeps } from "./wearable";

const number = (value: number) => sql.raw(String(value));

/** By name, so that a new column of the table makes a new view. */
const columnsOf = (table: PgTable) =>
  sql.raw(
    Object.values(getTableColumns(table))
      .map(({ name }) => `own."${name}"`)
      .join(", "),
  );

const metrics = wordList(NIGHT_METRICS);
const preferred = wordList([NIGHT_METRICS[0]]);

/** A row of an earlier source on the day or shortly before it: that one keeps its place. */
const shortlyBefore = sql`earlier.athlete_id = own.athlete_id
  and earlier.date between own.date - ${number(DAYS_TO_TAKE_OVER - 1)} and own.date`;

/**
 * The one night that counts for an athlete's day: of the earliest source that had a night within a week, measured in the
 * preferred way. At most one row a day; docs/adr/0017. The first condition spares athletes with one source the second.
 */
export const scoredNights = pgView("scored_nights", nightColumns())
  .with({ securityInvoker: true })
  .as(sql`select ${columnsOf(nights)} from nights own
where own.metric in ${metrics}
  and (own.source_id = ${number(FIRST_SOURCE)} and own.metric in ${preferred} or not exists (
    select from nights earlier where ${shortlyBefore} and earlier.metric in ${metrics}
      and (earlier.source_id, earlier.metric not in ${preferred}) < (own.source_id, own.metric not in ${preferred})))`);

/** The one sleep that counts for an athlete's day, by the same rule. */
export const scoredSleeps = pgView("scored_sleeps", sleepColumns())
  .with({ securityInvoker: true })
  .as(sql`select ${columnsOf(sleeps)} from sleeps own
where own.source_id = ${number(FIRST_SOURCE)} or not exists (
  select from sleeps earlier where ${shortlyBefore} and earlier.source_id < own.source_id)`);
