import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { clock } from "@/components/format/dates";
import { decimal, percentRange, pValue, whole, wholeBeside } from "@/components/format/numbers";
import { Facts, Remark } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";
import { JUDGEMENTS } from "@/lib/alerts/causes";
import { inSd } from "@/lib/number-text";
import type { WhyView } from "@/lib/services/squads/view-model";
import { saidText } from "./cell-values";
import { EvidenceTable } from "./evidence-table";
import { VerdictForm } from "./verdict-form";

export type WhyProps = {
  why: WhyView;
  squadId: string;
  timeZone: string;
  /** Absent for those who may only read. */
  say?: ((form: FormData) => Promise<void>) | undefined;
  /** Confirms a suspect reading or leaves it out; absent for those who may only read. */
  judgeNight?: ((form: FormData) => Promise<void>) | undefined;
};

/** Sentence, blocks, and what surrounds them, one below the other. */
export function WhyBody(props: WhyProps) {
  return (
    <>
      <WhyFindings why={props.why} />
      <WhyContext {...props} />
    </>
  );
}

/** The sentence and the blocks behind it. */
export function WhyFindings({ why }: { why: WhyView }) {
  const levels = useTranslations("levels");
  return (
    <div>
      <p className="mb-2 max-w-[52ch] text-lead">{levels(why.sentence.key, why.sentence.values)}</p>
      {why.context.length > 0 ? (
        <ul className="-mt-0.5 mb-2 grid gap-0.5 text-[0.75rem] text-ink-2 leading-[1.0625rem] [&>li]:before:content-['·_']">
          {why.context.map(({ key, values }) => (
            <li key={key}>{levels(key, values)}</li>
          ))}
        </ul>
      ) : null}
      <EvidenceTable evidence={why.evidence} />
      <AlsoTrue why={why} />
    </div>
  );
}

/** What would clear it, how often chance alone does it, where the numbers come from, and the coach's word. */
export function WhyContext({
  why,
  squadId,
  timeZone,
  say,
  judgeNight,
  children,
}: WhyProps & { children?: ReactNode }) {
  const levels = useTranslations("levels");
  const squad = useTranslations("squad");
  const locale = useLocale();
  return (
    <div>
      {why.clearing ? <Remark>{levels(why.clearing.key, why.clearing.values)}</Remark> : null}
      {why.provisional ? <Remark>{levels(why.provisional.key, why.provisional.values)}</Remark> : null}
      {judgeNight && why.evidence.reason === "suspect" ? (
        <JudgeNight why={why} squadId={squadId} judge={judgeNight} />
      ) : null}
      <Chance why={why} squadId={squadId} />
      <Numbers why={why} timeZone={timeZone} />
      <TrendCheck why={why} />
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 print:hidden">
        {why.verdict ? (
          <span className="whitespace-nowrap text-label text-ink-3">
            {saidText(why.verdict, { squad, locale, timeZone })}
          </span>
        ) : null}
        {say && why.episode ? (
          <VerdictForm
            athleteId={why.athleteId}
            openedOn={why.episode.openedOn}
            squadId={squadId}
            name={why.name}
            say={say}
            choices={["acknowledged", ...JUDGEMENTS]}
          />
        ) : null}
        {children}
      </div>
    </div>
  );
}

type JudgeNightProps = { why: WhyView; squadId: string; judge: (form: FormData) => Promise<void> };

/** The two answers to a suspect reading, beside the question. */
function JudgeNight({ why, squadId, judge }: JudgeNightProps) {
  const t = useTranslations("squad.why.judgeNight");
  return (
    <form action={judge} className="inline-flex flex-wrap gap-1.5 print:hidden">
      <input type="hidden" name="athleteId" value={why.athleteId} />
      <input type="hidden" name="squadId" value={squadId} />
      <input type="hidden" name="date" value={why.date} />
      {(["confirm", "leave-out"] as const).map((word) => (
        <Button
          key={word}
          type="submit"
          size="small"
          name="judgement"
          value={word}
          aria-label={t(`${word}Of`, { name: why.name })}
        >
          {t(word)}
        </Button>
      ))}
    </form>
  );
}

function AlsoTrue({ why }: { why: WhyView }) {
  const t = useTranslations("squad.why");
  const levels = useTranslations("levels.words");
  const others = why.evidence.levels.slice(1).map((level) => levels(level));
  // Where nothing was judged, nothing was found not to hold either.
  if (why.evidence.reason !== null) return null;
  return (
    <p className="font-medium text-label text-ink-3 mt-2">
      {others.length > 0 ? t("also", { levels: others.join(", ") }) : t("only")}
    </p>
  );
}

function Chance({ why, squadId }: { why: WhyView; squadId: string }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  return (
    <>
      <p className="mt-2 mb-0.5 font-semibold text-cell">{t("byChance")}</p>
      <Remark>
        {t("chance", { range: percentRange(why.chance, locale) })}{" "}
        <Link className="link" href={`/squads/${squadId}/alerts`} prefetch={false}>
          {t("backtest")}
        </Link>
      </Remark>
    </>
  );
}

function Numbers({ why, timeZone }: { why: WhyView; timeZone: string }) {
  const t = useTranslations("squad.why");
  const quality = useTranslations("levels.quality");
  const locale = useLocale();
  const load = useTranslations("load");
  const ms = (x: number) => whole(Math.exp(x));
  const { baseline, baselineDays, baselineMethod, ruleVersion, preset, source, mean7, mean28 } = why.evidence;
  const { loadKind = "cardio-load" } = why.evidence;
  const meanMs = (x: number | null) => (x === null ? "–" : `${ms(x)} ms`);
  const { sd7Percent } = why.evidence;
  const { sd7Percentile = null } = why.evidence.context ?? {};
  const grade = why.evidence.quality;
  return (
    <Facts>
      <dt>{t("baseline")}</dt>
      <dd>
        {baseline.mean === null || baseline.sd === null
          ? t("baselineNone", { n: baseline.n, days: baselineDays, source })
          : t("baselineText", {
              ms: ms(baseline.mean),
              from: ms(baseline.mean - baseline.sd),
              to: ms(baseline.mean + baseline.sd),
              grade: t(`grade.${baseline.grade}`),
              n: baseline.n,
              days: baselineDays,
              source,
              method: baselineMethod === "median-mad" ? "median" : "mean",
            })}
      </dd>
      <dt>{t("means")}</dt>
      <dd>{[t("meansText", { week: meanMs(mean7), month: meanMs(mean28) })].join(" · ")}</dd>
      {sd7Percent === null ? null : (
        <>
          <dt>{t("variation")}</dt>
          <dd>
            {t("variationText", {
              sd: decimal(sd7Percent, 1, locale),
              known: sd7Percentile === null ? "no" : "yes",
              above: whole(sd7Percentile ?? 0),
            })}
          </dd>
        </>
      )}
      <HeartRate why={why} />
      <dt>{t("source")}</dt>
      <dd>
        {t(`sourceName.${source}`)}
        {why.deviceId ? `, ${t("device", { id: why.deviceId })}` : ""}
        {why.morning ? `, ${t(`morningOrigin.${why.morning.origin}`)}` : ""}
        {why.morning && why.morning.acceptedShare !== null
          ? `, ${t("accepted", { percent: Math.floor(why.morning.acceptedShare * 100) })}`
          : ""}
      </dd>
      <dt>{t("loadLabel")}</dt>
      <dd>{load("kindUnit", { kind: load(`kind.${loadKind}`) })}</dd>
      <dt>{t("quality")}</dt>
      <dd>{[grade.grade, ...grade.reasons.map((reason) => quality(reason, { source }))].join(" · ")}</dd>
      <dt>{t("ruleLabel")}</dt>
      <dd>
        {t("ruleText", {
          version: ruleVersion,
          preset: t(`preset.${preset}`),
          time: clock(why.scoredAtMs, timeZone),
        })}{" "}
        <Link className="link print:hidden" href="/methods#levels" prefetch={false}>
          {t("method")}
        </Link>
      </dd>
    </Facts>
  );
}

const PATTERN_WORD = { "hr-up": "up", "hr-down": "down", usual: "usual" } as const;

/** The companion reading: whether heart rate moved with HRV. It changes no level. */
function HeartRate({ why: { evidence } }: { why: WhyView }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  const { heartRate, zHr, pattern } = evidence.companion;
  if (heartRate.mean === null || heartRate.sd === null || zHr === null) return null;
  const bpm = heartRate.mean + zHr * heartRate.sd;
  const [from, to] = [heartRate.mean - heartRate.sd, heartRate.mean + heartRate.sd];
  return (
    <>
      <dt>{t("heartRate")}</dt>
      <dd>
        {t("heartRateText", {
          bpm: wholeBeside(bpm, [from, to], locale),
          z: inSd(zHr, locale),
          from: wholeBeside(from, [bpm], locale),
          to: wholeBeside(to, [bpm], locale),
          n: heartRate.n,
          source: evidence.source,
          pattern: PATTERN_WORD[pattern ?? "usual"],
        })}
      </dd>
    </>
  );
}

/** Theil-Sen and Mann-Kendall of the same seven days: least squares alone decides, so they stand apart from what it found. */
function TrendCheck({ why: { evidence } }: { why: WhyView }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  const { robustTrend = null } = evidence.context ?? {};
  if (!robustTrend || !evidence.baseline.sd) return null;
  return (
    <details>
      <summary>{t("robustTrend")}</summary>
      <Remark>
        {t("robustTrendText", {
          change: inSd((robustTrend.slopePerDay * 6) / evidence.baseline.sd, locale),
          p: pValue(robustTrend.pOneSidedFalling, locale),
        })}
      </Remark>
    </details>
  );
}
