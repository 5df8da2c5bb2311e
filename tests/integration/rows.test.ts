import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listHistories } from "@/db/queries/histories";
import { listHeatmapRows } from "@/db/queries/squad-heatmap";
import { listSquadViewRows } from "@/db/queries/squad-morning";
import { civilDate, columnOf, numbersOrNull, rowsOf } from "@/db/rows";
import { athletes } from "@/db/schema/squad";
import { scoreSquad } from "@/lib/services/readiness/score";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const today = "2026-05-20";

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const dayRow = z.object({ date: civilDate, nights: z.int(), load: z.number().nullable() });
const day = (columns: string) => rowsOf(database.db, "listDays", dayRow)`select ${sql.raw(columns)}`;
const reads = "listDays reads other rows than it declares";

test("rows come as they are declared: civil dates as text, counts and measures as numbers", async () => {
  expect(await day(`date '2026-05-20' as date, 3::int as nights, 61.5::float8 as load`)).toEqual([
    { date: today, nights: 3, load: 61.5 },
  ]);
  expect(await day(`date '2026-05-20' as date, 3::int as nights, null::float8 as load`)).toEqual([
    { date: today, nights: 3, load: null },
  ]);
});

test.each([
  ["a count that nobody cast, which the driver hands out as text", "nights", "count(*) as nights"],
  [
    "a mean of whole numbers, which is numeric",
    "nights",
    "(select avg(n) from (values (1), (2)) v(n)) as nights",
  ],
  ["nothing where there is always something", "nights", "null::int as nights"],
  ["a measure that is no number", "load", "3::int as nights, 'NaN'::float8 as load"],
  ["a moment in the place of a civil date", "date", "now() as date, 3::int as nights"],
])("%s is an error that names query and column", async (_, column, columns) => {
  const given = [
    columns.includes(" as date") ? [] : ["date '2026-05-20' as date"],
    columns.includes(" as load") ? [] : ["61.5::float8 as load"],
  ];
  const read = day([columns, ...given.flat()].join(", "));
  await expect(read).rejects.toThrow(`${reads} (column "${column}": Invalid input: expected `);
});

test("a column that is missing or left over is one too, even where there is no row", async () => {
  const none = "where false";
  await expect(day(`date '2026-05-20' as date, 1::int as nights ${none}`)).rejects.toThrow(
    `${reads} (column "load": not read)`,
  );
  await expect(
    day(`date '2026-05-20' as date, 1::int as nights, 2::float8 as load, 3 as loads ${none}`),
  ).rejects.toThrow(`${reads} (column "loads": not declared)`);
});

test("a gathered column is looked at whole, and no value is told", async () => {
  const gathered = z.object({ days: z.object({ load: numbersOrNull }) });
  const read = rowsOf(
    database.db,
    "listLoads",
    gathered,
  )`select json_build_object('load', json_build_array(1, null, 'sixty-one')) as days`;
  const error = await read.catch((thrown: unknown) => String(thrown));
  expect(error).toBe(
    'Error: listLoads reads other rows than it declares (column "days.load": Invalid input: expected array of numbers)',
  );
});

test("an expression in a list of columns is checked as well", async () => {
  const { teamId, squadId } = await seedSquad(database.db);
  await seedAthlete(database.db, { teamId, squadId });
  const counted = database.db
    .select({ name: athletes.name, days: columnOf("listAthletes.days", z.int())`(select count(*))` })
    .from(athletes);
  await expect(counted).rejects.toThrow(
    "listAthletes.days reads other rows than it declares (Invalid input: expected number, received string)",
  );
});

test("the morning, the heat map and the histories say which of their columns has changed", async () => {
  const { teamId, squadId } = await seedSquad(database.db);
  const { athleteId } = await seedAthlete(database.db, { teamId, squadId });
  await seedDays(database.db, { teamId, athleteId }, { from: addDays(today, -59), days: steadyDays(60) });
  const ctx = contextOf(database.db, { now: new Date(`${today}T03:00:00Z`) });
  await scoreSquad({ ctx, input: { squadId } });
  const squad = { teamId, squadId };
  expect(await listSquadViewRows(database.db, { ...squad, date: today })).toHaveLength(1);

  await database.owner`update readiness_days set level = 'purple' where date = ${today}`;
  const span = { from: addDays(today, -6), to: today };
  await expect(listHeatmapRows(database.db, { ...squad, ...span })).rejects.toThrow(
    'listHeatmapRows reads other rows than it declares (column "days.levels": Invalid input: expected array of recovery, ',
  );
  await expect(listSquadViewRows(database.db, { ...squad, date: today })).rejects.toThrow(
    'listSquadViewRows reads other rows than it declares (column "level": Invalid option: expected one of ',
  );

  await database.owner`alter table squads alter column baseline_days type bigint`;
  await expect(listHistories(database.db, { athleteIds: [athleteId] })).rejects.toThrow(
    'listHistories reads other rows than it declares (column "baselineDays": Invalid input: expected ',
  );
});
