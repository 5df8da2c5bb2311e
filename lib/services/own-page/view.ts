import { type CheckInRow, findCheckIn } from "@/db/queries/check-ins";
import { findStandingConsent } from "@/db/queries/consents";
import { findLatestConnection, findLatestDay, listOwnNights, listStreamStates } from "@/db/queries/own-page";
import { CHANGEABLE_UNTIL, CHECK_IN_TAGS, QUESTIONS } from "@/lib/check-in";
import type { Context } from "@/lib/context";
import { readEvidence } from "@/lib/readiness/evidence";
import { isMailedLevel } from "@/lib/readiness/level";
import { requireOwn } from "@/lib/services/access/require";
import { basisOf } from "@/lib/services/check-ins/save";
import { addedStreams } from "@/lib/services/consents/widening";
import { contextPhrases, provisionalPhrase, sentenceToAthlete } from "@/lib/services/readiness/sentence";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn, localTimeIn } from "@/lib/time/zone";
import { allStreams } from "@/lib/wearables/connector";
import type { Stream } from "@/lib/wearables/stream";
import { viewLooks } from "./export";
import { firstSyncWait } from "./progress";
import { sharingOf } from "./sharing";
import type { OwnCheckIn, OwnLevel, OwnNight, OwnPage } from "./view-model";

/** Everything on the athlete's own page, numbers in the form of the locale. Athletes only. @throws AppError `not-signed-in` */
export async function viewOwnPage(of: { ctx: Context; input: { locale: string } }): Promise<OwnPage> {
  const { db, now } = of.ctx;
  const { athlete, squad, teamName, who } = await requireOwn(of.ctx, "own-page.view");
  const today = civilDateIn(now, squad.timeZone);
  const [connection, streams, consent, checkIn, day, looks, trend] = await Promise.all([
    findLatestConnection(db, who),
    listStreamStates(db, who),
    findStandingConsent(db, who),
    findCheckIn(db, { ...who, date: today }),
    findLatestDay(db, { ...who, date: today }),
    viewLooks({ ctx: of.ctx, input: { page: 1, limit: 4 } }),
    viewTrend(of.ctx, { ...who, today }),
  ]);
  const reads = streams.map((stream) => stream.lastSuccessAt);
  return {
    athleteName: athlete.name,
    squadName: squad.name,
    teamName,
    timeZone: squad.timeZone,
    today,
    sharing: sharingOf({ connection, athlete, reads }),
    firstSyncWait: await firstSyncWait(of.ctx, {
      connection,
      states: streams,
      athlete,
      timeZone: squad.timeZone,
    }),
    consent: consent
      ? {
          acceptedAt: consent.acceptedAt,
          history: consent.history,
          lines: linesOf(allStreams(of.ctx.providers), consent.streams),
        }
      : null,
    asksFor: consent ? asksFor(of.ctx, squad.optionalStreams, consent) : [],
    checkIn: checkInOf(checkIn, localTimeIn(now, squad.timeZone)),
    looks,
    level:
      squad.athletesSeeLevel || consent?.levelPromised ? levelOf(day, of.input.locale) : { kind: "hidden" },
    levelKept: !squad.athletesSeeLevel && consent?.levelPromised === true,
    address: { email: athlete.email, proposed: athlete.proposedEmail },
    trend,
    deleteAfter: athlete.deleteAfter,
  };
}

function asksFor(
  ctx: Context,
  optional: string[],
  consent: { streams: string[]; refusedStreams: string[] },
): string[] {
  return addedStreams(ctx, optional, consent)
    .filter((stream) => !consent.refusedStreams.includes(stream.id))
    .map((stream) => stream.consentKey);
}

function linesOf(table: readonly Stream[], streams: string[]): string[] {
  return table.filter((stream) => streams.includes(stream.id)).map((stream) => stream.consentKey);
}

function checkInOf(row: CheckInRow | undefined, localTime: string): OwnCheckIn {
  return {
    questions: QUESTIONS.map((question) => ({ question, answer: row?.[question] ?? null })),
    tags: CHECK_IN_TAGS.map((tag) => ({ tag, ticked: row?.tags.includes(tag) ?? false })),
    note: row?.note ?? "",
    basis: basisOf(row),
    sent: row !== undefined,
    open: row === undefined || localTime < CHANGEABLE_UNTIL,
  };
}

function levelOf(day: Awaited<ReturnType<typeof findLatestDay>>, locale: string): OwnLevel {
  if (!day) return { kind: "none" };
  const { date, level, grade } = day;
  const evidence = readEvidence(day.evidence);
  const phrases = [
    sentenceToAthlete(evidence, locale),
    ...contextPhrases(evidence, locale, ["morning", "travel"]),
    provisionalPhrase(evidence),
  ].filter((phrase) => phrase !== null);
  return { kind: "day", date, level, grade, phrases, calls: isMailedLevel(level) };
}

const trendDays = 28;

/** The athlete's last four weeks in ms: nights, 7-day mean, and the band of ±1 SD around the baseline (kept in ln ms). */
async function viewTrend(
  ctx: Context,
  of: { teamId: string; athleteId: string; today: string },
): Promise<OwnNight[]> {
  const { today, ...who } = of;
  const rows = await listOwnNights(ctx.db, { ...who, since: addDays(today, 1 - trendDays) });
  return rows.map(({ date, source, rmssdMs, mean7, baselineMean, baselineSd }) => {
    const band = baselineMean === null || baselineSd === null ? null : { baselineMean, baselineSd };
    return {
      date,
      source,
      rmssdMs,
      mean7Ms: mean7 === null ? null : Math.exp(mean7),
      lowMs: band && Math.exp(band.baselineMean - band.baselineSd),
      highMs: band && Math.exp(band.baselineMean + band.baselineSd),
    };
  });
}
