import { findStandingConsent } from "@/db/queries/consents";
import { type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { type Gap, gapsOf } from "./gap";
import { requireOwn } from "./require-own";

export type PauseView = { stopped: boolean; pausedAt: Date | null; timeZone: string; gaps: Gap[] };

/**
 * The athlete's pause, if one runs, and what would stay missing if sharing went on today. After a pause, its first day
 * given as `since` tells what stayed missing. Athletes only. @throws AppError `not-signed-in`
 */
export async function viewPause(of: { ctx: Context; input: { since?: unknown } }): Promise<PauseView> {
  const { athlete, squad, who } = await requireOwn(of.ctx);
  const { timeZone } = squad;
  const consent = await findStandingConsent(of.ctx.db, who);
  const today = civilDateIn(of.ctx.now, timeZone);
  const pausedOn = athlete.pausedAt ? civilDateIn(athlete.pausedAt, timeZone) : dayOf(of.input.since, today);
  return {
    stopped: athlete.stoppedAt !== null,
    pausedAt: athlete.pausedAt,
    timeZone,
    gaps: pausedOn ? gapsOf({ pausedOn, today, streams: consent?.streams ?? [] }) : [],
  };
}

function dayOf(since: unknown, today: CivilDate): CivilDate | null {
  return isCivilDate(since) && since <= today ? since : null;
}
