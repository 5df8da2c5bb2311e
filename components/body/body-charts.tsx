import { useLocale, useTranslations } from "next-intl";
import { Chart, type ChartPoint } from "@/components/charts/chart";
import { ChartCard, ChartGrid } from "@/components/charts/chart-card";
import { civil } from "@/components/format/dates";
import type { BodyView } from "@/lib/services/athletes/body";

type Drawn = { key: string; kind: "line" | "bar"; digits: number; points: ChartPoint[] };

/** What changes over months, and each day's activity. */
export function BodyCharts({ view }: { view: BodyView }) {
  const t = useTranslations("athlete.body");
  const locale = useLocale();
  const charts = useCharts(view).filter(
    ({ points }) => points.filter(({ value }) => value !== null).length > 1,
  );
  return (
    <ChartGrid>
      {charts.map(({ key, ...chart }) => (
        <ChartCard key={key} title={t(`chart.${key}`)}>
          <Chart {...chart} name={t(`chart.${key}`)} locale={locale} />
        </ChartCard>
      ))}
    </ChartGrid>
  );
}

function useCharts(view: BodyView): Drawn[] {
  const locale = useLocale();
  const day = (atMs: number) => civil(new Date(atMs).toISOString().slice(0, 10), "day", locale);
  const body = (pick: (entry: BodyView["body"][number]) => number | null) =>
    view.body.map((entry) => ({ at: day(entry.recordedAtMs), value: pick(entry) }));
  const activity = (pick: (entry: BodyView["activity"][number]) => number | null) =>
    view.activity.map((entry) => ({ at: civil(entry.date, "day", locale), value: pick(entry) }));
  const index = view.runningIndex.map(({ date, runningIndex }) => ({
    at: civil(date, "day", locale),
    value: runningIndex,
  }));
  return [
    { key: "weight", kind: "line", digits: 1, points: body((entry) => entry.weightKg) },
    { key: "vo2Max", kind: "line", digits: 0, points: body((entry) => entry.vo2Max) },
    { key: "runningIndex", kind: "line", digits: 0, points: index },
    { key: "steps", kind: "bar", digits: 0, points: activity((entry) => entry.steps) },
    { key: "activeCalories", kind: "bar", digits: 0, points: activity((entry) => entry.activeCaloriesKcal) },
    { key: "goal", kind: "bar", digits: 0, points: activity((entry) => entry.goalPercent) },
  ];
}
