import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accessLog, jobFailures, outbox } from "@/db/schema/operation";
import { backtests } from "@/db/schema/readiness";
import { dailyLoads, nights } from "@/db/schema/wearable";
import type { Role } from "@/lib/context";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { DayInput } from "@/lib/readiness/types";
import { readBacktestProgress, refreshBacktests } from "@/lib/services/backtest/ask";
import { readOwnChance } from "@/lib/services/backtest/chance";
import { backtestCsv } from "@/lib/services/backtest/csv";
import { giveUpSeasons, type SeasonsWanted, simulateSeasons } from "@/lib/services/backtest/simulate";
import { viewBacktest } from "@/lib/services/backtest/view";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewHeatmap } from "@/lib/services/squads/heatmap";
import { changeSquad } from "@/lib/services/squads/manage";
import { viewSquad } from "@/lib/services/squads/view";
import { addDays, daysBetween } from "@/lib/time/civil-date";
import { contextOf, seedAthlete, seedDays, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { inventedSquad } from "../support/readiness/invented-squad";

// Two hundred seasons each: generous where a machine is busy.
vi.setConfig({ testTimeout: 120_000 });

let database: Awaited<ReturnType<typeof freshDatabase>>;
const today = "2026-05-20";
const now = new Date("2026-05-20T06:00:00Z");

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const job = (at = now) => contextOf(database.db, { now: at });
const coachOf = (teamId: string, role: Role = "coach") =>
  contextOf(database.db, { actor: { kind: "coach", userId: randomUUID(), role }, teamId, now });

/** A squad with these histories, the last day of each being the squad's yesterday. */
async function squadWith(histories: readonly (readonly DayInput[])[]) {
  const squad = await seedSquad(database.db, { preset: "balanced" });
  for (const [i, days] of histories.entries()) {
    const athlete = await seedAthlete(database.db, squad, { name: `Athlete ${String(i).padStart(2, "0")}` });
    await seedDays(database.db, athlete, { from: addDays(today, -days.length), days: [...days] });
  }
  return squad;
}

const calm = (shape: Partial<Parameters<typeof inventedSquad>[0]> = {}) =>
  inventedSquad({ athletes: 6, days: 150, autocorrelation: 0, ...shape });

/** What the job engine would be handed for a squad, in order. */
async function requested(squadId: string): Promise<SeasonsWanted[]> {
  const events = await database.db.select().from(outbox).where(eq(outbox.name, "squad/backtest.requested"));
  return events
    .filter(({ data }) => data.squadId === squadId)
    .map(({ data }) => ({ ...data, baselineDays: Number(data.baselineDays) }) as SeasonsWanted);
}

async function simulated(squad: { teamId: string; squadId: string }) {
  const ctx = coachOf(squad.teamId);
  await viewBacktest({ ctx, input: squad });
  for (const input of await requested(squad.squadId)) await simulateSeasons({ ctx: job(), input });
  const view = await viewBacktest({ ctx, input: squad });
  if (view.chance.state !== "done") throw new Error(`the seasons are ${view.chance.state}`);
  return { view, figures: view.chance.figures };
}

test("the first look replays the squad and asks for its seasons, the next ones find them by their hash", async () => {
  const squad = await squadWith(calm());
  const ctx = coachOf(squad.teamId);
  const first = await viewBacktest({ ctx, input: squad });
  expect(first).toMatchObject({ mornings: 90, to: addDays(today, -1), from: addDays(today, -90) });
  expect(first.replay?.brief.mails).toBeGreaterThan(first.replay!.quiet.mails);
  expect(first.replay?.brief.namedByMorning).toHaveLength(90);
  expect(first.athletes.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `Athlete 0${i}`));
  expect(first.athletes.reduce((sum, { episodes }) => sum + episodes.brief, 0)).toBe(
    first.replay!.brief.episodes,
  );
  const [wanted, ...more] = await requested(squad.squadId);
  expect(more).toEqual([]);
  expect(first.chance).toEqual({ state: "running", inputHash: wanted!.inputHash, percent: 0 });
  await viewBacktest({ ctx, input: squad });
  expect(await requested(squad.squadId)).toHaveLength(1);

  expect(await simulateSeasons({ ctx: job(), input: wanted! })).toBe("simulated");
  const second = await viewBacktest({ ctx, input: squad });
  expect(second.replay).toEqual(first.replay);
  if (second.chance.state !== "done") throw new Error(second.chance.state);
  const { brief, quiet } = second.chance.figures.presets;
  expect(brief.chance.mails.low).toBeLessThan(brief.chance.mails.mean);
  expect(brief.chance.mails.mean).toBeLessThan(brief.chance.mails.high);
  expect(quiet.chance.mails.high).toBeLessThan(brief.chance.mails.low);
  expect(brief.slide.share).toBeGreaterThan(0.9);
  expect(await simulateSeasons({ ctx: job(), input: wanted! })).toBe("already-there");
  expect(await requested(squad.squadId)).toHaveLength(1);
});

test("chance follows the squad's own autocorrelation and its own gaps", async () => {
  const share = async (shape: Parameters<typeof calm>[0]) => {
    const { figures } = await simulated(await squadWith(calm({ athletes: 8, ...shape })));
    return figures.presets;
  };
  const loose = await share({ autocorrelation: 0 });
  const sticky = await share({ autocorrelation: 0.6 });
  const gappy = await share({ autocorrelation: 0.6, missing: 0.4 });
  expect(sticky.balanced.chance.flaggedShare.low).toBeGreaterThan(loose.balanced.chance.flaggedShare.mean);
  expect(gappy.brief.chance.flaggedPerMorning.high).toBeLessThan(sticky.brief.chance.flaggedPerMorning.mean);
});

test("a changed night, load or baseline is another input; a request that it overtook is taken back", async () => {
  const squad = await squadWith(calm({ athletes: 2 }));
  const ctx = coachOf(squad.teamId);
  await viewBacktest({ ctx, input: squad });
  const tried = await viewBacktest({ ctx, input: { ...squad, baselineDays: 90 } });
  expect(tried).toMatchObject({ baselineDays: 90, squad: { baselineDays: 60 } });
  await database.db
    .update(nights)
    .set({ rmssdMs: 61 })
    .where(eq(nights.date, addDays(today, -20)));
  await viewBacktest({ ctx, input: squad });
  await database.db
    .update(dailyLoads)
    .set({ cardioLoad: 5 })
    .where(eq(dailyLoads.date, addDays(today, -20)));
  await viewBacktest({ ctx, input: squad });
  const asked = await requested(squad.squadId);
  expect(new Set(asked.map(({ inputHash }) => inputHash)).size).toBe(4);
  expect(asked.map(({ baselineDays }) => baselineDays)).toEqual([60, 90, 60, 60]);
  const input = { squadId: squad.squadId, inputHash: asked[0]!.inputHash };
  expect(await readBacktestProgress({ ctx, input })).toMatchObject({ state: "running" });
  expect(await simulateSeasons({ ctx: job(), input: asked[0]! })).toBe("outdated");
  expect(await readBacktestProgress({ ctx, input })).toMatchObject({ state: "gone" });
});

test("the file holds every rate beside chance and each athlete's episodes; the look counts as an export", async () => {
  const squad = await squadWith(calm({ athletes: 2 }));
  const { figures } = await simulated(squad);
  const ctx = coachOf(squad.teamId);
  const view = await viewBacktest({ ctx, input: { ...squad, what: "export" } });
  const lines = backtestCsv(view).trim().split("\r\n");
  expect(lines).toHaveLength(1 + 3 * (6 + 2));
  const { mean, low, high } = figures.presets.brief.chance.mails;
  const rounded = [view.replay!.brief.mails, mean, low, high].map((n) => Math.round(n * 1000) / 1000);
  expect(lines[1]).toBe([view.from, view.to, 60, "brief", "mails", "", ...rounded].join(","));
  expect(lines.at(-1)).toBe(
    [
      view.from,
      view.to,
      60,
      "quiet",
      "episodes",
      "Athlete 01",
      view.athletes[1]!.episodes.quiet,
      "",
      "",
      "",
    ].join(","),
  );
  const looks = await database.db.select().from(accessLog).where(eq(accessLog.teamId, squad.teamId));
  expect(looks.filter(({ what }) => what === "export")).toHaveLength(2);
});

test("today's nights leave the figures as they are", async () => {
  const squad = await squadWith(calm({ athletes: 1 }));
  const ctx = coachOf(squad.teamId);
  const before = await viewBacktest({ ctx, input: squad });
  await database.owner`insert into nights (team_id, athlete_id, source_id, metric, date, rmssd_ms, received_at)
    select team_id, id, 1, 'rmssd-night-window', ${today}, 20, ${now} from athletes where squad_id = ${squad.squadId}`;
  expect(await viewBacktest({ ctx, input: squad })).toEqual(before);
});

test("with fewer than 30 mornings on a firm baseline there is nothing to replay yet", async () => {
  // Thirty nights make a baseline firm: of 58 days, 28 mornings are judged.
  const squad = await squadWith(calm({ athletes: 2, days: 58 }));
  const view = await viewBacktest({ ctx: coachOf(squad.teamId), input: squad });
  expect(view).toMatchObject({ mornings: 28, replay: null, chance: { state: "none" } });
  expect(await requested(squad.squadId)).toEqual([]);
  const empty = await squadWith([]);
  expect(await viewBacktest({ ctx: coachOf(empty.teamId), input: empty })).toMatchObject({
    mornings: 0,
    replay: null,
    athletes: [],
  });
});

test("mornings are counted from the first firm verdict on", async () => {
  const squad = await squadWith(calm({ athletes: 2, days: 75 }));
  const view = await viewBacktest({ ctx: coachOf(squad.teamId), input: squad });
  expect(view.mornings).toBe(45);
  expect(daysBetween(view.from, view.to)).toBe(44);
  expect(view.replay?.brief.namedByMorning).toHaveLength(45);
});

test("the squad's view states its own rate of chance as soon as there is one, another baseline's never", async () => {
  const squad = await squadWith(calm({ autocorrelation: 0.6 }));
  const ctx = coachOf(squad.teamId);
  await database.owner`insert into nights (team_id, athlete_id, source_id, metric, date, rmssd_ms, received_at)
    select team_id, id, 1, 'rmssd-night-window', ${today}, 55, ${now} from athletes where squad_id = ${squad.squadId}`;
  await scoreSquad({ ctx: job(), input: squad });
  const chance = async () => (await viewSquad({ ctx, input: { ...squad, locale: "en-GB" } })).chance;
  expect(await readOwnChance(database.db, squad)).toBeUndefined();
  const around = ({ low, high }: { low: number; high: number }) => {
    const from = Math.floor(6 * low);
    return { from, to: Math.max(Math.ceil(6 * high), from + 1) };
  };
  expect(await chance()).toEqual(around(beforeData("balanced").flaggedShare));
  const { figures } = await simulated(squad);
  const own = figures.presets.balanced.chance.flaggedShare;
  expect(await chance()).toEqual(around(own));
  const heatmap = await viewHeatmap({ ctx, input: { ...squad, days: 28 } });
  expect(heatmap.chance).toEqual({ low: own.low, high: own.high });
  await changeSquad({ ctx, input: { ...squad, baselineDays: 75 } });
  expect(await readOwnChance(database.db, squad)).toBeUndefined();
});

test("a changed preset or baseline has every day scored again under it", async () => {
  const squad = await squadWith(calm({ athletes: 1 }));
  await changeSquad({ ctx: coachOf(squad.teamId), input: { ...squad, preset: "quiet", baselineDays: 90 } });
  const events = await database.db.select().from(outbox).where(eq(outbox.name, "squad/settings.changed"));
  expect(events.filter(({ data }) => data.squadId === squad.squadId)).toHaveLength(1);
  const { squad: changed } = await viewBacktest({ ctx: coachOf(squad.teamId), input: squad });
  expect(changed).toMatchObject({ preset: "quiet", baselineDays: 90 });
  const refused = changeSquad({ ctx: coachOf(squad.teamId), input: { ...squad, baselineDays: 30 } });
  await expect(refused).rejects.toMatchObject({ code: "bad-input", field: "baselineDays" });
});

test("another team sees neither a back-test nor its progress, and every look is logged", async () => {
  const squad = await squadWith(calm({ athletes: 2 }));
  const stranger = coachOf((await seedSquad(database.db)).teamId, "owner");
  await expect(viewBacktest({ ctx: stranger, input: squad })).rejects.toMatchObject({ code: "not-found" });
  await viewBacktest({ ctx: coachOf(squad.teamId, "viewer"), input: squad });
  const [wanted] = await requested(squad.squadId);
  const input = { squadId: squad.squadId, inputHash: wanted!.inputHash };
  await expect(readBacktestProgress({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  const looks = await database.db.select().from(accessLog).where(eq(accessLog.teamId, squad.teamId));
  expect(looks.map(({ what }) => what)).toEqual(["analysis", "analysis"]);
  await expect(
    simulateSeasons({ ctx: coachOf(squad.teamId, "owner"), input: wanted! }),
  ).rejects.toMatchObject({ code: "forbidden" });
  const visitor = contextOf(database.db, { actor: { kind: "visitor" }, now });
  await expect(viewBacktest({ ctx: visitor, input: squad })).rejects.toMatchObject({ code: "not-signed-in" });
});

test("a simulation that failed for good says so, and is asked for again an hour later", async () => {
  const squad = await squadWith(calm({ athletes: 1 }));
  const ctx = coachOf(squad.teamId);
  await viewBacktest({ ctx, input: squad });
  const [wanted] = await requested(squad.squadId);
  const input = { ...wanted!, functionId: "simulate-seasons", error: "out of memory" };
  await giveUpSeasons({ ctx: job(), input });
  expect((await viewBacktest({ ctx, input: squad })).chance).toEqual({ state: "failed" });
  expect(await requested(squad.squadId)).toHaveLength(1);
  const failures = await database.db
    .select()
    .from(jobFailures)
    .where(eq(jobFailures.subjectId, squad.squadId));
  expect(failures).toMatchObject([{ functionId: "simulate-seasons", error: "out of memory" }]);
  const later = { ...ctx, now: new Date(now.getTime() + 3_700_000) };
  expect((await viewBacktest({ ctx: later, input: squad })).chance).toMatchObject({ state: "running" });
  expect(await requested(squad.squadId)).toHaveLength(2);
});

test("a result of an earlier rule version counts as none", async () => {
  const squad = await squadWith(calm({ athletes: 1 }));
  await simulated(squad);
  expect(await readOwnChance(database.db, squad)).toBeDefined();
  await database.owner`update backtests set result = jsonb_set(result, '{ruleVersion}', '"0.9"')
    where squad_id = ${squad.squadId}`;
  expect(await readOwnChance(database.db, squad)).toBeUndefined();
});

test("once a week every squad with enough mornings is asked for, once", async () => {
  const enough = await squadWith(calm({ athletes: 1, days: 80 }));
  const few = await squadWith(calm({ athletes: 1, days: 40 }));
  await refreshBacktests({ ctx: job() });
  await refreshBacktests({ ctx: job() });
  expect(await requested(enough.squadId)).toHaveLength(1);
  expect(await requested(few.squadId)).toEqual([]);
});

test("a squad keeps its ten latest results", async () => {
  const squad = await squadWith(calm({ athletes: 1 }));
  const old = Array.from({ length: 12 }, (_, i) => ({
    inputHash: `${squad.squadId}/old/${i}`,
    ...squad,
    progressPercent: 100,
    result: {},
    requestedAt: now,
    finishedAt: new Date(now.getTime() - (i + 1) * 60_000),
  }));
  await database.db.insert(backtests).values(old);
  await simulated(squad);
  const left = await database.db.select().from(backtests).where(eq(backtests.squadId, squad.squadId));
  expect(left).toHaveLength(10);
  expect(left.map(({ inputHash }) => inputHash)).not.toContain(`${squad.squadId}/old/10`);
});
