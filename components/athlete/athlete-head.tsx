import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { civil, clockOrDay } from "@/components/format/dates";
import { signedPercent, whole } from "@/components/format/numbers";
import { Figures } from "@/components/ui/blocks";
import { LevelChip } from "@/components/ui/level-chip";
import { Segments } from "@/components/ui/segments";
import type { AthleteView } from "@/lib/services/athletes/view";
import type { SquadRow } from "@/lib/services/squads/row";
import { HeadLine } from "./page-head";

type AthleteHeadProps = {
  view: AthleteView;
  ranges: readonly { days: number; href: string; current: boolean }[];
  end: ReactNode;
};

/** Name, level and six facts of today. */
export function AthleteHead({ view, ranges, end }: AthleteHeadProps) {
  const t = useTranslations("athlete.head");
  return (
    <HeadLine>
      <Link className="text-ink-3 phone:hidden" href={`/squads/${view.squad.id}`}>
        {t("morning")}
      </Link>
      <span className="text-ink-3 phone:hidden" aria-hidden="true">
        /
      </span>
      <h1>{view.athlete.name}</h1>
      {view.row ? <LevelChip level={view.row.level} grade={view.row.grade} /> : null}
      {view.row?.pausedOn ? <Paused since={view.row.pausedOn} /> : null}
      {view.row ? <Facts view={view} row={view.row} /> : null}
      <span className="flex-1" />
      <Segments label={t("range")}>
        {ranges.map(({ days, href, current }) => (
          <Link
            key={days}
            href={href}
            scroll={false}
            prefetch={false}
            aria-current={current ? "true" : undefined}
          >
            {t("days", { n: days })}
          </Link>
        ))}
      </Segments>
      {end}
    </HeadLine>
  );
}

function Paused({ since }: { since: string }) {
  const t = useTranslations("athlete.head");
  return <span className="text-ink-2">{t("paused", { day: civil(since, "short", useLocale()) })}</span>;
}

function Facts({ view, row }: { view: AthleteView; row: SquadRow }) {
  const t = useTranslations("athlete.head");
  const squad = useTranslations("squad");
  const locale = useLocale();
  const { mean, sd } = row.baseline;
  const ms = (x: number) => whole(Math.exp(x));
  const usual = mean === null || sd === null ? "–" : `${ms(mean - sd)}–${ms(mean + sd)} ms`;
  const mean7 = row.mean7S === null || mean === null || !sd ? "–" : `${ms(mean + row.mean7S * sd)} ms`;
  const change = row.load.changePercent;
  const received = { timeZone: view.squad.timeZone, date: view.today, locale };
  const facts = [
    ["hrv", row.rmssdMs === null ? "–" : `${whole(row.rmssdMs)} ms`],
    ["baseline", usual],
    ["mean7", mean7],
    ["resting", row.restingHr === null ? "–" : whole(row.restingHr.bpm)],
    [
      "load",
      row.load.sum7 === null
        ? "–"
        : row.load.known7 < 7
          ? squad("table.loadKnown", { known: row.load.known7 })
          : `${whole(row.load.sum7)}${change === null ? "" : ` (${signedPercent(change, locale)})`}`,
    ],
    ["received", row.receivedAtMs === null ? "–" : clockOrDay(row.receivedAtMs, received)],
  ] as const;
  return (
    <Figures className="ml-2 phone:ml-0">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Figures>
  );
}
