import type { RowDisplay } from "./row-display";
import { SPARK_DAYS } from "./spark-code";

/**
 * Writes rows as one text, column by column and without field names: a thousand of them travel with a page, and again
 * with each refresh, and like beside like shrinks best on the wire.
 */
export function encodeRows(rows: readonly RowDisplay[]): string {
  return JSON.stringify(columnsOf(rows));
}

/** The rows of such a text. */
export function decodeRows(text: string): RowDisplay[] {
  const columns = JSON.parse(text) as Columns;
  return columns.id.map((_, i) => rowAt(columns, i));
}

type Columns = ReturnType<typeof columnsOf>;
type Spark = NonNullable<RowDisplay["spark"]>;

function columnsOf(rows: readonly RowDisplay[]) {
  const of = <T>(value: (row: RowDisplay) => T) => rows.map(value);
  return {
    id: of((row) => row.id),
    name: of((row) => row.name),
    state: of((row) => row.state),
    section: of((row) => row.section),
    level: of((row) => row.level),
    word: of((row) => row.word),
    provisional: of((row) => bit(row.provisional)),
    scored: of((row) => bit(row.scored)),
    hrv: of((row) => row.hrv),
    suspect: of((row) => row.suspect),
    graphic: of((row) => row.graphic && ([row.graphic.z, row.graphic.mean7] as const)),
    z: of((row) => row.z),
    nights: of((row) => row.spark?.nights ?? NO_SPARK).join(""),
    mean7: of((row) => row.spark?.mean7 ?? NO_SPARK).join(""),
    spark: of(
      ({ spark }) => spark && ([spark.count, spark.meanMs, bit(spark.hasBand), spark.episodes] as const),
    ),
    trend: of((row) => row.trend && ([row.trend.text, bit(row.trend.holds)] as const)),
    bars: of((row) => row.load.bars),
    load: of(({ load }) => [load.sum, load.change, bit(load.rising)] as const),
    resting: of((row) => row.resting),
    sleep: of((row) => row.sleep),
    recharge: of(
      ({ recharge }) =>
        recharge && ([recharge.charge, recharge.ans, recharge.sleep, recharge.title] as const),
    ),
    received: of((row) => row.received),
    coach: of((row) => row.coach),
  };
}

const NO_SPARK = " ".repeat(SPARK_DAYS);

function rowAt(columns: Columns, i: number): RowDisplay {
  const graphic = columns.graphic[i];
  const trend = columns.trend[i];
  const recharge = columns.recharge[i];
  const [sum, change, rising] = columns.load[i]!;
  return {
    id: columns.id[i]!,
    name: columns.name[i]!,
    state: columns.state[i]!,
    section: columns.section[i]!,
    level: columns.level[i]!,
    word: columns.word[i]!,
    provisional: columns.provisional[i] === 1,
    scored: columns.scored[i] === 1,
    hrv: columns.hrv[i] ?? null,
    suspect: columns.suspect[i] ?? null,
    graphic: graphic ? { z: graphic[0], mean7: graphic[1] } : null,
    z: columns.z[i] ?? null,
    spark: sparkAt(columns, i),
    trend: trend ? { text: trend[0], holds: trend[1] === 1 } : null,
    load: { bars: columns.bars[i] ?? null, sum, change, rising: rising === 1 },
    resting: columns.resting[i] ?? null,
    sleep: columns.sleep[i] ?? null,
    recharge: recharge
      ? { charge: recharge[0], ans: recharge[1], sleep: recharge[2], title: recharge[3] }
      : null,
    received: columns.received[i]!,
    coach: columns.coach[i] ?? null,
  };
}

function sparkAt(columns: Columns, i: number): Spark | null {
  const spark = columns.spark[i];
  if (!spark) return null;
  const [count, meanMs, hasBand, episodes] = spark;
  const own = (text: string) => text.slice(i * SPARK_DAYS, (i + 1) * SPARK_DAYS);
  return {
    nights: own(columns.nights),
    mean7: own(columns.mean7),
    episodes,
    hasBand: hasBand === 1,
    count,
    meanMs,
  };
}

function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
