import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { mails, squadMornings } from "@/db/schema/mail";
import type { CivilDate } from "@/lib/time/civil-date";
import { type Calendar, calendarOf, isIn, type Morning, minutesFrom, type Span } from "./calendar";
import { createWorld, type Squad, type World } from "./world";

/** Stretches of the calendar in which clocks or years change, by the day of the change. */
const STRETCHES = {
  "the end of summer time": "2026-10-25",
  "New Year": "2027-01-01",
  "the beginning of summer time": "2027-03-28",
} as const satisfies Record<string, CivilDate>;

/** `npm run test:clock` asks for days; without, it is the day of the change alone, a morning in each zone. */
const DAYS = Number(process.env.CLOCK_DAYS ?? 1);
const [stretch, change] =
  Object.entries(STRETCHES)[Number(process.env.CLOCK_STRETCH ?? 0)] ?? Object.entries(STRETCHES)[0]!;

function runOf(): Span {
  const midnight = new Date(`${change}T00:00:00Z`);
  const before = Math.floor(DAYS / 4);
  const until = minutesFrom(midnight, (DAYS - before) * 24 * 60);
  // Half past eleven in the evening: noon is over in Auckland.
  return { from: minutesFrom(midnight, -before * 24 * 60 - 30), until };
}

test(
  `${stretch}: every morning is told once, nothing is lost, nothing comes twice, and ticks leave nothing behind`,
  async () => {
    const calendar = calendarOf(runOf());
    const world = await createWorld(calendar);
    try {
      await live(world, calendar);
      await expectMornings(world, calendar);
      await expectNews(world, calendar);
      await expectDelivered(world);
      await expectTicksLeaveNothing(world, calendar.run.until);
      await expectPruned(world, calendar.run.until);
    } finally {
      await world.close();
    }
  },
  DAYS * 300_000,
);

/** Every so many looks the jobs are started anew. */
const RESTART_EVERY = 37;

async function live(world: World, { moments, nights, off }: Calendar): Promise<void> {
  let next = 0;
  for (const [index, at] of moments.entries()) {
    const before = moments[index - 1];
    const isAfterOff = before !== undefined && off.some(({ from }) => from > before && from < at);
    if (isAfterOff || index % RESTART_EVERY === 0) await world.off();
    for (; nights[next] && nights[next]!.at <= at; next += 1) await world.bring(nights[next]!);
    await world.at(at);
  }
}

const offOver = ({ off }: Calendar, at: Date): Span | undefined => off.find((span) => isIn(at, span));

const squadOf = (world: World, { place }: Morning): Squad =>
  world.squads.find(({ name }) => name === place.name)!;

/** Between which moments a morning is decided; undefined where it is missed. */
function decidedBetween(calendar: Calendar, { hour, latest, closes, nightsAt }: Morning): Span | undefined {
  const asleep = offOver(calendar, hour);
  if (asleep && asleep.until >= closes) return undefined;
  const ready = asleep?.until ?? hour;
  const from = nightsAt > latest && !asleep ? latest : ready;
  return { from, until: minutesFrom(from, asleep ? 51 : 11) };
}

async function expectMornings(world: World, calendar: Calendar): Promise<void> {
  const rows = await world.db.select().from(squadMornings);
  // A zone whose own clocks change may lose its last one to the end of the run.
  expect(calendar.mornings.length).toBeGreaterThanOrEqual(3 * DAYS - 1);
  for (const morning of calendar.mornings) {
    const { squadId } = squadOf(world, morning);
    const mine = rows.filter((row) => row.squadId === squadId && row.date === morning.date);
    const span = decidedBetween(calendar, morning);
    const asleep = offOver(calendar, morning.hour);
    const what = `${morning.place.name} ${morning.date}`;
    expect({ what, states: mine.map(({ state }) => state) }).toEqual({
      what,
      states: [span ? "decided" : "missed"],
    });
    const { settledAt, downFrom, downUntil } = mine[0]!;
    if (span) expect({ what, settledAt, inTime: isIn(settledAt, span) }).toMatchObject({ inTime: true });
    expect({ what, wasDown: downFrom !== null, downUntil }).toEqual({
      what,
      wasDown: asleep !== undefined,
      downUntil: asleep?.until ?? null,
    });
  }
}

type Told = { squad: string; who: string; openedOn: string; kind: string; on: string };

/** When what opened on a day is told: in its morning, later on that day, or in the next morning that is decided. */
function toldOf(
  calendar: Calendar,
  of: { place: string; openedOn: CivilDate; arrivesAt: Date },
): Pick<Told, "kind" | "on"> | undefined {
  const mornings = calendar.mornings.filter(
    ({ place, date }) => place.name === of.place && date >= of.openedOn,
  );
  for (const morning of mornings) {
    const decided = decidedBetween(calendar, morning);
    if (!decided) continue;
    const knownAt = offOver(calendar, of.arrivesAt)?.until ?? of.arrivesAt;
    if (knownAt < decided.from) return { kind: "morning", on: morning.date };
    if (knownAt < minutesFrom(morning.closes, -40)) return { kind: "later-today", on: morning.date };
  }
  return undefined;
}

function expectedNews(world: World, calendar: Calendar): Told[] {
  const seeded = world.squads.flatMap(({ name: place, flaggedOn }) =>
    [...flaggedOn].map(([openedOn, who]) => ({ place, who, openedOn, arrivesAt: calendar.run.from })),
  );
  const late = world.late.map(({ athlete: { place, low }, athleteId }) => {
    const { hour } = calendar.mornings.find((one) => one.place === place && one.date === low.date)!;
    const arrivesAt = minutesFrom(hour, low.afterMinutes);
    return { place: place.name, who: athleteId, openedOn: low.date, arrivesAt };
  });
  return [...seeded, ...late].flatMap(({ place, who, openedOn, arrivesAt }) => {
    const told = toldOf(calendar, { place, openedOn, arrivesAt });
    return told ? [{ squad: place, who, openedOn, ...told }] : [];
  });
}

const inOrder = (told: readonly Told[]) =>
  told.map((one) => `${one.squad} ${one.on} ${one.kind}: ${one.who} of ${one.openedOn}`).toSorted();

/** Every episode is told once, in the mail of its moment; a mail goes out where there is news, and only there. */
async function expectNews(world: World, calendar: Calendar): Promise<void> {
  const written = await world.db.select().from(mails).orderBy(asc(mails.queuedAt));
  const told: Told[] = [];
  for (const { squadId, kind, newsDate, frozen, state, sentAt } of written) {
    const squad = world.squads.find((one) => one.squadId === squadId)!;
    const morning = calendar.mornings.find(
      ({ place, date }) => place.name === squad.name && date === newsDate,
    );
    // Of a morning that the end of the run cuts off.
    if (!morning) continue;
    const what = `${squad.name} ${newsDate} ${kind}`;
    const isInTime = sentAt !== null && sentAt >= morning.hour && sentAt < morning.closes;
    expect({ what, state, sentAt, isInTime }).toMatchObject({ state: "sent", isInTime: true });
    for (const one of frozen?.athletes ?? [])
      if (one.news === "opened")
        told.push({ squad: squad.name, who: one.athleteId, openedOn: one.openedOn, kind, on: newsDate! });
  }
  const expected = expectedNews(world, calendar);
  expect(inOrder(told)).toEqual(inOrder(expected));
  const mailsOf = (list: readonly Told[]) =>
    new Set(list.map(({ squad, on, kind }) => `${squad} ${on} ${kind}`));
  expect(mailsOf(told).size).toBeGreaterThan(DAYS);
  expect([...mailsOf(expected)].filter((one) => one.endsWith("later-today")).length).toBeGreaterThan(0);
}

/** What was sent arrived, each mail once. */
async function expectDelivered({ db, mailbox }: World): Promise<void> {
  const sent = await db.select({ id: mails.messageId }).from(mails).where(eq(mails.state, "sent"));
  expect(await db.select().from(mails)).toHaveLength(sent.length);
  const response = await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`);
  expect((await response.json()) as unknown[]).toHaveLength(sent.length);
}

/** Tables with a row for each run or event, or for what Polar calls by itself; `expectPruned` says for how long. */
const KEPT_A_WHILE = [
  "public.outbox",
  "engine.runs",
  "engine.steps",
  "engine.events",
  "public.daily_runs",
  "public.webhook_deliveries",
];

async function rowsOf({ db }: World): Promise<Record<string, number>> {
  const tables = await db.execute<{ name: string }>(sql`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1`);
  const counts = tables
    .filter(({ name }) => !KEPT_A_WHILE.includes(name))
    .map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`);
  expect(counts.length).toBeGreaterThan(30);
  const rows = await db.execute<{ name: string; rows: number }>(sql.raw(counts.join(" union all ")));
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

const IDLE_TICKS = DAYS > 1 ? 25 : 10;

/** In a quiet hour every table has as many rows after some ticks as after twice as many, and nothing is asked for twice. */
async function expectTicksLeaveNothing(world: World, from: Date): Promise<void> {
  const tick = async (first: number, last: number) => {
    for (let minute = first; minute <= last; minute += 1) await world.at(minutesFrom(from, minute));
    return rowsOf(world);
  };
  const [last] = await world.db.execute<{ id: number }>(sql`select max(id)::int as id from outbox`);
  const once = await tick(1, IDLE_TICKS);
  expect(await tick(IDLE_TICKS + 1, 2 * IDLE_TICKS)).toEqual(once);
  const twice = await world.db.execute(sql`
    select name, data, count(*)::int as times from outbox where id > ${last!.id}
    group by name, data having count(*) > 1`);
  expect([...twice]).toEqual([]);
}

/** What ticks do leave is gone after its time, as docs/operate says. */
async function expectPruned({ db }: World, now: Date): Promise<void> {
  const before = (days: number) => sql`${minutesFrom(now, -days * 24 * 60).toISOString()}::timestamptz`;
  const old = {
    schedules: sql`select count(*)::int as rows from engine.runs
      where state = 'finished' and event->>'name' = 'inngest/scheduled.timer' and ended_at < ${before(1.2)}`,
    runs: sql`select count(*)::int as rows from engine.runs where state = 'finished' and ended_at < ${before(7.2)}`,
    steps: sql`select count(*)::int as rows from engine.steps where run_id not in (select id from engine.runs)`,
    events: sql`select count(*)::int as rows from engine.events where received_at < ${before(1.2)}`,
    cycles: sql`select count(*)::int as rows from daily_runs
      where (key like 'sync-due/%' or key like 'night-look/%') and ran_at < ${before(3.2)}`,
    outbox: sql`select count(*)::int as rows from outbox where relayed_at < ${before(8.2)}`,
  };
  for (const [what, query] of Object.entries(old)) {
    const [row] = await db.execute<{ rows: number }>(query);
    expect({ what, rows: row?.rows }).toEqual({ what, rows: 0 });
  }
}
