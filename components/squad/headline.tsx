import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { cityOf, civil, clock, clockOrDay, elapsed } from "@/components/format/dates";
import type { SquadView } from "@/lib/services/squads/view-model";
import { Arrivals } from "./arrivals";
import { MorningLine } from "./morning-line";

/** The morning in one sentence, and whether the data are in. */
export function Headline({ view, nowMs }: { view: SquadView; nowMs: number }) {
  const locale = useLocale();
  return (
    <div className="headline">
      <div>
        <h1>{civil(view.date, "long", locale)}</h1>
        <p className="headline-sum">
          <Stale view={view} nowMs={nowMs} />
          <News view={view} />
        </p>
        <MorningLine view={view} />
      </div>
      <div className="headline-facts">
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
  const strong = (words: React.ReactNode) => <b className="text-ink">{words}</b>;
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
      <dl>
        <dt>{t("nightsIn")}</dt>
        <dd>{t("nightsInText", { n: nightsIn, of: expected, others: notExpected })}</dd>
      </dl>
      {view.lastDataAtMs !== null && ago ? (
        <dl className="wide-only">
          <dt>{t("lastData")}</dt>
          <dd>
            {clockOrDay(view.lastDataAtMs, { timeZone, date: view.today, locale })},{" "}
            {t(`ago.${ago.unit}`, { n: ago.count })}
          </dd>
        </dl>
      ) : null}
      {view.scoredAtMs === null ? null : (
        <dl className="wide-only">
          <dt>{t("scored")}</dt>
          <dd>
            {clockOrDay(view.scoredAtMs, { timeZone, date: view.date, locale })} {cityOf(timeZone)}
          </dd>
        </dl>
      )}
      {view.needAction > 0 ? (
        <dl>
          <dt>{t("needsAction")}</dt>
          <dd>
            <Link className="link" href={`/squads/${view.squad.id}/connections`} prefetch={false}>
              {t("connections", { n: view.needAction })}
            </Link>
          </dd>
        </dl>
      ) : null}
    </>
  );
}
