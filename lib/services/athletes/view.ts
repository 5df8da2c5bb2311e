import {
  type DayEntry,
  findDay,
  findNight,
  findStoredLoads,
  listDevices,
  listNaps,
  listNotes,
  listRecentWorkouts,
  listStreamEntries,
  listSyncEntries,
  type NapEntry,
  type NightEntry,
  type NoteEntry,
  type StoredLoads,
  type StreamEntry,
  type SyncEntry,
  type WorkoutEntry,
} from "@/db/queries/athlete-card";
import { type AthleteDayRow, listAthleteDays, listNewUsuals, type NewUsual } from "@/db/queries/athlete-days";
import { findAthleteInSquad, listNeighbours } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { type DayPayload, listDayPayloads } from "@/db/queries/payloads";
import { listSquadViewRows } from "@/db/queries/squad-morning";
import { inTransaction } from "@/db/transaction";
import { type Context, can } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { LoadKind } from "@/lib/readiness/load/kind";
import { type LoadNumbers, loadNumbers } from "@/lib/readiness/load/load-numbers";
import { type MissingInput, NEEDS } from "@/lib/readiness/load/session-loads";
import type { Preset } from "@/lib/readiness/types";
import { requireCan, requireId } from "@/lib/services/access/require";
import { readChance } from "@/lib/services/backtest/chance";
import { type AthleteEpisodes, viewAthleteEpisodes } from "@/lib/services/episodes/view";
import { type SourceView, viewSource } from "@/lib/services/readiness/source";
import { whyOf } from "@/lib/services/squads/history";
import { lookAt } from "@/lib/services/squads/look";
import { type SquadRow, squadRowOf } from "@/lib/services/squads/row";
import type { WhyView } from "@/lib/services/squads/view-model";
import { runPace } from "@/lib/services/workouts/view";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

export type { DayEntry, NightEntry };

/** One day of the athlete's charts; RMSSD means and baselines are ln values, as scored. */
export type AthleteDay = AthleteDayRow;

export type AthleteView = {
  athlete: { id: string; name: string; groupName: string | null };
  squad: { id: string; name: string; timeZone: string; preset: Preset };
  today: CivilDate;
  /** First and last day of the charts. */
  from: CivilDate;
  to: CivilDate;
  /** The day the evidence stands for. */
  day: CivilDate;
  /** Today as on the squad view; null before anything arrived. */
  row: SquadRow | null;
  why: WhyView | null;
  days: AthleteDay[];
  notes: NoteEntry[];
  workouts: (WorkoutEntry & { paceSPerKm: number | null })[];
  load: LoadCardView;
  sync: SyncEntry[];
  streams: StreamEntry[];
  episodes: AthleteEpisodes;
  source: SourceView;
  /** Days from which on a coach took the athlete's level as usual, the latest first. */
  newUsuals: NewUsual[];
  devices: { deviceId: string; since: string; nights: number }[];
  /** The night that ended on the day; null when nothing came of it. */
  night: NightEntry | null;
  /** Other sleeps of the day. */
  naps: NapEntry[];
  /** Activity and check-in of the day. */
  dayEntry: DayEntry | null;
  /** What Polar sent for the day, for those who may read it. */
  dayPayloads: DayPayload[];
  neighbours: { before: string | null; after: string | null };
};

type StoppedView = {
  stopped: true;
  athlete: { id: string; name: string };
  squad: { id: string; name: string };
};

type ViewInput = {
  athleteId: string;
  days: number;
  day?: CivilDate | undefined;
  locale: string;
  /** What the access log calls this look. */
  what?: "athlete-page" | "export";
};

/**
 * An athlete's page: the chosen day's evidence beside charts of the last `days` days. Of an athlete who stopped
 * sharing it tells the name alone. The look is written to the access log in the same transaction. Everybody on the team.
 * @throws AppError `not-found`, `not-signed-in`
 */
export async function viewAthlete(of: {
  ctx: Context;
  input: ViewInput;
}): Promise<AthleteView | StoppedView> {
  const { teamId, userId } = requireCan(of.ctx, "athletes.view");
  const { what = "athlete-page" } = of.input;
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    const found = await findAthleteInSquad(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    const squad = { id: found.squadId, name: found.squadName };
    const athlete = { id: found.id, name: found.name };
    if (found.stoppedAt) return { stopped: true, athlete, squad };
    await recordLooks(ctx.db, {
      teamId,
      athleteIds: [athleteId],
      userId,
      what,
      lookedAt: ctx.now,
    });
    return {
      athlete: { ...athlete, groupName: found.groupName },
      squad: { ...squad, timeZone: found.timeZone, preset: found.preset },
      ...(await pageOf(ctx, { ...of.input, teamId, found })),
    };
  });
}

type Found = NonNullable<Awaited<ReturnType<typeof findAthleteInSquad>>>;

async function pageOf(ctx: Context, of: ViewInput & { teamId: string; found: Found }) {
  const { teamId, athleteId, found, locale } = of;
  const today = civilDateIn(ctx.now, found.timeZone);
  const from = addDays(today, 1 - of.days);
  const day = of.day && daysBetween(of.day, today) >= 0 ? of.day : today;
  const athlete = { teamId, athleteId };
  const rowOn = async (date: CivilDate) =>
    (await listSquadViewRows(ctx.db, { teamId, squadId: found.squadId, date, athleteId }))[0];
  const own = await readChance(ctx.db, { squadId: found.squadId });
  const stored = await rowOn(today);
  const chosen = day === today ? stored : await rowOn(day);
  return {
    today,
    from,
    to: today,
    day,
    row: stored ? squadRowOf(stored, lookAt({ date: today, locale, own })) : null,
    why: chosen ? whyOf(chosen, lookAt({ date: day, locale, own })) : null,
    days: await listAthleteDays(ctx.db, { ...athlete, from, to: today }),
    notes: await listNotes(ctx.db, { ...athlete, from }),
    workouts: (await listRecentWorkouts(ctx.db, { ...athlete, loadKind: found.loadKind })).map((workout) => ({
      ...workout,
      paceSPerKm: runPace(workout),
    })),
    load: await readLoadCard(ctx, { ...athlete, day, loadKind: found.loadKind }),
    sync: await listSyncEntries(ctx.db, athlete),
    streams: await listStreamEntries(ctx.db, athlete),
    episodes: await viewAthleteEpisodes(ctx, { ...athlete, today }),
    source: await viewSource(ctx, { ...athlete, today }),
    newUsuals: await listNewUsuals(ctx.db, athlete),
    devices: await listDevices(ctx.db, { ...athlete, from }),
    night: (await findNight(ctx.db, { ...athlete, date: day })) ?? null,
    naps: await listNaps(ctx.db, { ...athlete, date: day }),
    dayEntry: (await findDay(ctx.db, { ...athlete, date: day })) ?? null,
    dayPayloads: can(ctx.actor, "payloads.view")
      ? await listDayPayloads(ctx.db, { ...athlete, date: day })
      : [],
    neighbours: await listNeighbours(ctx.db, { teamId, squadId: found.squadId, athleteId }),
  };
}

export type LoadCardView = {
  kind: LoadKind;
  /** The evening up to which the numbers count. */
  to: CivilDate;
  numbers: LoadNumbers;
  /** Of the last 28 days. */
  unknownDays: number;
  /** What the kind needs and sessions of the last 28 days lack. */
  missing: { input: MissingInput; sessions: number }[];
  polar: StoredLoads["polar"];
};

/** An athlete's load in numbers on the morning of a day. Called by verbs that checked their caller. */
export async function readLoadCard(
  ctx: Context,
  of: { teamId: string; athleteId: string; day: CivilDate; loadKind: LoadKind },
): Promise<LoadCardView> {
  const stored = await findStoredLoads(ctx.db, of);
  const kind = stored.kind ?? of.loadKind;
  const loads = stored.loads ?? [];
  const needs: readonly MissingInput[] = kind === "cardio-load" ? [] : NEEDS[kind];
  return {
    kind,
    to: addDays(of.day, -1),
    numbers: loadNumbers(loads),
    unknownDays: loads.slice(-28).filter((load) => load === null).length,
    missing: stored.missing.filter(({ input }) => needs.includes(input)),
    polar: stored.polar,
  };
}
