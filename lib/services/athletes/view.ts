import {
  findDay,
  findNight,
  listDevices,
  listNaps,
  listNotes,
  listRecentWorkouts,
  listStreamEntries,
  listSyncEntries,
} from "@/db/queries/athlete-card";
import { listAthleteDays, listNewUsuals } from "@/db/queries/athlete-days";
import { findAthleteInSquad, listNeighbours } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { listDayPayloads } from "@/db/queries/payloads";
import { listSquadViewRows } from "@/db/queries/squad-morning";
import { inTransaction } from "@/db/transaction";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { readChance } from "../backtest/own-chance";
import { viewAthleteEpisodes } from "../episodes/view-athlete";
import { viewSource } from "../sources/view";
import { lookAt } from "../squads/view-look";
import { squadRowOf } from "../squads/view-row";
import { whyOf } from "../squads/view-why-model";
import { runPace } from "../workouts/running";
import { readLoadCard } from "./load-card";
import type { AthleteView, StoppedView } from "./view-model";

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
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
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
    dayPayloads:
      ctx.actor.kind === "coach" && ctx.actor.role === "owner"
        ? await listDayPayloads(ctx.db, { ...athlete, date: day })
        : [],
    neighbours: await listNeighbours(ctx.db, { teamId, squadId: found.squadId, athleteId }),
  };
}
