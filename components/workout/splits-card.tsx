import { useLocale, useTranslations } from "next-intl";
import { decimal, hoursMinutes, minutesSeconds } from "@/components/format/numbers";
import { Table } from "@/components/ui/blocks";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { ChartedKind, WorkoutView } from "@/lib/services/workouts/view";

/** The charts as numbers: means of five minutes. */
export function SplitsCard({ view }: { view: WorkoutView }) {
  const t = useTranslations("workout");
  const locale = useLocale();
  const kinds = view.series.map(({ kind }) => kind);
  if (kinds.length === 0) return null;
  return (
    <ScrollBox className="max-h-[900px] overflow-auto px-3.5 py-3" look="card" label={t("splits.title")}>
      <h2 className="mb-1.5">{t("splits.title")}</h2>
      <Table caption={t("splits.title")}>
        <thead>
          <tr>
            <th scope="col">{t("splits.time")}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col" className="num">
                {isPaced(view, kind) ? t("splits.pace") : t(`series.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.splits.map((split) => (
            <tr key={split.fromS}>
              <th scope="row">
                {hoursMinutes(split.fromS)}–{hoursMinutes(split.toS)}
              </th>
              {kinds.map((kind) => {
                const mean = split.means[kind];
                return (
                  <td key={kind} className="num">
                    {mean == null
                      ? "–"
                      : isPaced(view, kind)
                        ? paceOf(mean)
                        : decimal(mean, kind === "speed" ? 1 : 0, locale)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </ScrollBox>
  );
}

/** Runners read their speed as pace. */
function isPaced(view: WorkoutView, kind: ChartedKind): boolean {
  return kind === "speed" && view.paceSPerKm !== null;
}

/** From km/h to minutes per kilometre; standing has no pace. */
function paceOf(speedKmh: number): string {
  return speedKmh < 1 ? "–" : minutesSeconds(3600 / speedKmh);
}
