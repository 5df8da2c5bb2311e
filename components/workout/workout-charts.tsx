import { useLocale, useTranslations } from "next-intl";
import { Chart } from "@/components/charts/chart";
import { ChartCard, ChartGrid } from "@/components/charts/chart-card";
import { hoursMinutes } from "@/components/format/numbers";
import type { ChartedKind, WorkoutView } from "@/lib/services/workouts/view";

const DIGITS: Record<ChartedKind, number> = {
  "heart-rate": 0,
  speed: 1,
  altitude: 0,
  cadence: 0,
  "running-cadence": 0,
  power: 0,
  temperature: 1,
};

/** One chart per recorded series, all over elapsed time. */
export function WorkoutCharts({ view }: { view: WorkoutView }) {
  const t = useTranslations("workout");
  const locale = useLocale();
  return (
    <ChartGrid>
      {view.series.map(({ kind, series }) => (
        <ChartCard key={kind} title={t(`series.${kind}`)}>
          <Chart
            kind={kind === "altitude" ? "area" : "line"}
            name={t(`series.${kind}`)}
            digits={DIGITS[kind]}
            locale={locale}
            points={series.values.map((value, i) => ({ at: elapsedLabel(i * series.stepS), value }))}
          />
        </ChartCard>
      ))}
    </ChartGrid>
  );
}

/** Elapsed time as a label: `0:05` minutes below the hour, `1:05:00` above. */
function elapsedLabel(seconds: number): string {
  const rest = String(Math.round(seconds % 60)).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${rest}`;
  return `${hoursMinutes(Math.floor(seconds / 60) * 60)}:${rest}`;
}
