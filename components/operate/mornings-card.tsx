import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil, moment } from "@/components/format/dates";
import { Card } from "@/components/ui/blocks";
import type { OperationView } from "@/lib/services/operation/view";

/** Mornings on which a squad's coaches were told nothing because nothing was decided: not the same as nobody to look at. */
export function MorningsCard({ view }: { view: OperationView }) {
  const t = useTranslations("operate.mornings");
  const locale = useLocale();
  const { missedMornings } = view;
  return (
    <Card title={t("title")} titleId="mornings-title">
      <p className="text-ink-3">{t(missedMornings.length === 0 ? "none" : "text")}</p>
      {missedMornings.length > 0 ? (
        <ul className="grid gap-1 pt-2">
          {missedMornings.map(({ squadId, squadName, date, timeZone, downFrom, downUntil }) => {
            const when = (at: Date) => moment(at.getTime(), { timeZone, date, locale });
            return (
              <li key={`${squadId}/${date}`}>
                {civil(date, "short", locale)} ·{" "}
                <Link className="link" href={`/squads/${squadId}?date=${date}`} prefetch={false}>
                  {squadName}
                </Link>{" "}
                ·{" "}
                {downFrom && downUntil
                  ? t("down", { from: when(downFrom), until: when(downUntil) })
                  : t("undecided")}
              </li>
            );
          })}
        </ul>
      ) : null}
    </Card>
  );
}
