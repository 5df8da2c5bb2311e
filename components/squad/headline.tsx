import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cityOf, civil, clock, clockOrDay, elapsed } from "@/components/format/dates";
import type { SquadView } from "@/lib/services/squads/view-model";
import { Arrivals } from "./arrivals";
import { MorningLine } from "./morning-line";

/** The morning in one sentence, and whether the data are in. */
export function Headline({ view, nowMs }: { view: SquadView; nowMs: number }) {
  const locale = useLocale();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-6 px-(--margin) pt-4.5 phone:grid-cols-1 phone:gap-2.5 phone:pt-3.5">
      <div>
        <h1 className="first-letter:uppercase">{civil(view.date, "long", locale)}</h1>
        <p className="mt-[3px] max-w-190 text-ink-2">
          <Stale view={view} nowMs={nowMs} />
          <News view={view} />
        </p>
        <MorningLine view={view} />
      </div>
      <div className="flex items-center gap-x-5 gap-y-1 phone:flex-wrap">
        {view.arrivals.length > 0 ? <Arrivals minutes={view.arrivals} /> : null}
        <Facts view={view} nowMs={nowMs} />
      </div>
    </div>
  );
}

function News({ view }: { view: SquadView }) {
  const t = useTranslations("squad.headline");
  const { listed, fresh, continuing } = view.news;
  const { from, to } = view.chance;
  const strong = (words: ReactNode) => <b className="text-ink">{words}</b>;
  const { "no-verdict": without, ...levels } = view.counts;
  const scored = Object.values(levels).reduce((sum, count) => sum + count, 0);
  const moment = view.date === view.today ? "today" : "past";
  if (listed === 0) {
    const nobody = scored === 0 ? "nobodyScored" : "nobody";
    return t.rich(nobody, { strong, moment, scored, without });
  }
  return t.rich("news", {
    strong,
    moment,
    listed,
    opened: fresh,
    continuing,
    chance: t("range", { from, to, next: to === from + 1 ? "yes" : "no" }),
  });
}

function Stale({ view, nowMs }: { view: SquadView; nowMs: number }) {
  const t = useTranslations("squad.headline");
  const locale = useLocale();
  const { lastDataAtMs, squad, today } = view;
  const old = lastDataAtMs !== null && nowMs - lastDataAtMs > 26 * 3_600_000;
  if (!old || view.date !== today) return null;
  const at = `${clockOrDay(lastDataAtMs, { timeZone: squad.timeZone, date: today, locale })} ${clock(lastDataAtMs, squad.timeZone)}`;
  return <>{t("stale", { at })} </>;
}

function Facts({ view, nowMs }: { view: SquadView; nowMs: number }) {
  const t = useTranslations("squad.headline");
  const locale = useLocale();
  const { timeZone } = view.squad;
  const { nightsIn, expected, notExpected } = view.nights;
  const ago = view.lastDataAtMs === null ? null : elapsed(view.lastDataAtMs, nowMs);
  return (
    <>
      <Fact name={t("nightsIn")}>
        {t("nightsInText", { n: nightsIn, of: expected, others: notExpected })}
      </Fact>
      {view.lastDataAtMs !== null && ago ? (
        <Fact name={t("lastData")} onPhone="hidden">
          {clockOrDay(view.lastDataAtMs, { timeZone, date: view.today, locale })},{" "}
          {t(`ago.${ago.unit}`, { n: ago.count })}
        </Fact>
      ) : null}
      {view.scoredAtMs === null ? null : (
        <Fact name={t("scored")} onPhone="hidden">
          {clockOrDay(view.scoredAtMs, { timeZone, date: view.date, locale })} {cityOf(timeZone)}
        </Fact>
      )}
      {view.needAction > 0 ? (
        <Fact name={t("needsAction")}>
          <Link className="link" href={`/squads/${view.squad.id}/connections`} prefetch={false}>
            {t("connections", { n: view.needAction })}
          </Link>
        </Fact>
      ) : null}
    </>
  );
}

type FactProps = { name: string; onPhone?: "hidden"; children: ReactNode };

function Fact({ name, onPhone, children }: FactProps) {
  return (
    <dl
      className={`text-cell phone:gap-2 phone:text-[0.8125rem] phone:leading-[1.125rem] ${onPhone ? "phone:hidden" : "phone:flex"}`}
    >
      <dt className="text-[0.6875rem] text-ink-3 leading-[0.875rem] phone:[font:inherit]">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </dl>
  );
}
