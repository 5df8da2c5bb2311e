import { z } from "zod";
import { findBacktest } from "@/db/queries/backtest";
import { recordLooks } from "@/db/queries/log";
import { listMailedCoaches } from "@/db/queries/morning-news";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type Observed, replay } from "@/lib/readiness/backtest/replay";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import type { Preset } from "@/lib/readiness/types";
import { parseInput, requireCan, requireId } from "@/lib/services/access/require";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { askForSeasons } from "./ask";
import { type BacktestFigures, type OwnChance, readFigures, readOwnChance } from "./chance";
import { type BacktestHistory, backtestKey, readBacktestHistory, SEASON_PLAN } from "./history";

/** What a preset would have told the squad on the counted mornings. */
type PresetReplay = {
  mails: number;
  mailsPerWeek: number;
  /** Athletes named in those mails, and how many on each morning, the oldest first. */
  names: number;
  namedByMorning: number[];
  episodes: number;
  episodesPerAthleteMonth: number;
  flaggedPerMorning: number;
  flaggedShare: number;
};

/** The squad's own figures of chance: not to be had yet, being simulated, or there. */
export type ChanceView =
  | { state: "none" }
  | { state: "running"; inputHash: string; percent: number }
  | { state: "failed" }
  | { state: "done"; figures: BacktestFigures };

export type BacktestView = {
  squad: {
    id: string;
    name: string;
    timeZone: string;
    preset: Preset;
    baselineDays: number;
    mailTime: string;
    loadRisePercent: number;
    drift: boolean;
    nightsSharePercent: number;
    latestMinutes: number;
  };
  ruleVersion: string;
  /** The baseline that is tried, 60 to 90 days; the squad's own unless another was asked for. */
  baselineDays: number;
  /** First and last counted morning; `to` is the squad's yesterday, so that figures stand still while a morning comes in. */
  from: CivilDate;
  to: CivilDate;
  mornings: number;
  fewestMornings: number;
  /** Null with fewer mornings than `fewestMornings`. */
  replay: Record<Preset, PresetReplay> | null;
  chance: ChanceView;
  /** The rates that every other page states meanwhile: of these figures, or of the last ones; null before any, and of a baseline that is only tried. */
  stated: OwnChance | null;
  /** Addresses that the squad's morning mail goes to. */
  recipients: string[];
  /** Athletes by name, with the episodes that would have opened. */
  athletes: { athleteId: string; name: string; episodes: Record<Preset, number> }[];
};

export type BacktestProgress =
  | { state: "running"; percent: number }
  | { state: "done" | "failed" | "gone"; percent: 100 };

const settings = z.object({ baselineDays: z.number().int().min(60).max(90).optional() });

const { fewestMornings } = SEASON_PLAN;

/**
 * Every preset replayed over the squad's own days up to yesterday, beside what chance alone gives. Figures of chance
 * that are not stored yet are asked for and simulated by a job. The look goes to each athlete's access log. Everybody on the team.
 * @param input.baselineDays a baseline to try, 60 to 90 days; the squad's own when absent
 * @throws AppError `not-found`, `bad-input`, `not-signed-in`
 */
export async function viewBacktest(of: {
  ctx: Context;
  input: { squadId: string; baselineDays?: number | undefined; what?: "analysis" | "export" };
}): Promise<BacktestView> {
  const { teamId, userId } = requireCan(of.ctx, "squads.view");
  const squadId = requireId(of.input.squadId);
  const tried = parseInput(settings, of.input).baselineDays;
  const { squad, until, baselineDays, history, chance, coaches, stated } = await inTransaction(
    of.ctx,
    async (ctx) => {
      const squad = await findSquad(ctx.db, { teamId, squadId });
      if (!squad) throw new AppError("not-found", "This squad is not there.");
      const until = addDays(civilDateIn(ctx.now, squad.timeZone), -1);
      const baselineDays = tried ?? squad.baselineDays;
      const wanted = { teamId, squadId, baselineDays, until };
      const history = await readBacktestHistory(ctx, wanted);
      const athleteIds = history.athletes.map(({ athleteId }) => athleteId);
      await recordLooks(ctx.db, {
        teamId,
        athleteIds,
        userId,
        what: of.input.what ?? "analysis",
        lookedAt: ctx.now,
      });
      const coaches = await listMailedCoaches(ctx.db, wanted);
      const chance = await chanceOf(ctx, history, wanted);
      const isOwn = baselineDays === squad.baselineDays;
      const stated = isOwn ? ((await readOwnChance(ctx.db, wanted)) ?? null) : null;
      return { squad, until, baselineDays, history, coaches, chance, stated };
    },
  );
  const { id, name, timeZone, preset, mailTime, loadRisePercent, drift } = squad;
  const { nightsSharePercent, latestMinutes } = squad;
  return {
    squad: {
      id,
      name,
      timeZone,
      preset,
      mailTime,
      loadRisePercent,
      drift,
      nightsSharePercent,
      latestMinutes,
      baselineDays: squad.baselineDays,
    },
    ruleVersion: RULE_VERSION,
    baselineDays,
    from: addDays(until, 1 - history.input.days),
    to: until,
    fewestMornings,
    chance,
    stated,
    recipients: coaches.map(({ email }) => email),
    ...replayed(history),
  };
}

type Wanted = { teamId: string; squadId: string; baselineDays: number; until: CivilDate };

async function chanceOf(
  ctx: Context,
  { input, inputHash }: BacktestHistory,
  wanted: Wanted,
): Promise<ChanceView> {
  if (input.days < fewestMornings) return { state: "none" };
  await askForSeasons(ctx, { ...wanted, inputHash });
  const stored = await findBacktest(ctx.db, backtestKey({ squadId: wanted.squadId, inputHash }));
  if (!stored?.finishedAt) return { state: "running", inputHash, percent: stored?.progressPercent ?? 0 };
  const figures = readFigures(stored.result);
  return figures ? { state: "done", figures } : { state: "failed" };
}

function replayed({
  athletes,
  input,
}: BacktestHistory): Pick<BacktestView, "mornings" | "replay" | "athletes"> {
  const mornings = input.days;
  const none = { brief: 0, balanced: 0, quiet: 0 };
  if (mornings < fewestMornings) {
    return { mornings, replay: null, athletes: athletes.map((athlete) => ({ ...athlete, episodes: none })) };
  }
  const { brief, balanced, quiet } = replay(input);
  const episodesAt = (of: Record<Preset, Observed>, i: number) => ({
    brief: of.brief.episodesByAthlete[i]!,
    balanced: of.balanced.episodesByAthlete[i]!,
    quiet: of.quiet.episodesByAthlete[i]!,
  });
  return {
    mornings,
    replay: { brief: shown(brief), balanced: shown(balanced), quiet: shown(quiet) },
    athletes: athletes.map((athlete, i) => ({
      ...athlete,
      episodes: episodesAt({ brief, balanced, quiet }, i),
    })),
  };
}

function shown({ namedByMorning, ...rates }: Observed): PresetReplay {
  const { mails, mailsPerWeek, episodes, episodesPerAthleteMonth, flaggedPerMorning, flaggedShare } = rates;
  return {
    ...{ mails, mailsPerWeek, episodes, episodesPerAthleteMonth, flaggedPerMorning, flaggedShare },
    namedByMorning,
    names: namedByMorning.reduce((sum, names) => sum + names, 0),
  };
}
