import { useLocale, useTranslations } from "next-intl";
import { decimal, hoursMinutes, minutesSeconds, whole } from "@/components/format/numbers";
import { wordFor } from "@/components/format/word";
import { Figures } from "@/components/ui/blocks";
import type { WorkoutView } from "@/lib/services/workouts/view";

/** The session in numbers: duration, distance, heart rate, and Polar's three loads. */
export function WorkoutFacts({ view }: { view: WorkoutView }) {
  const t = useTranslations("workout.fact");
  const efforts = useTranslations("workout.effort");
  const locale = useLocale();
  const { polar } = view;
  const effort = (word: string) => wordFor(efforts, word) ?? <span className="text-ink-3">{word}</span>;
  const km = view.distanceM === null ? null : `${decimal(view.distanceM / 1000, 1, locale)} km`;
  const facts = [
    ["duration", hoursMinutes(view.durationS)],
    ["distance", km],
    ["pace", view.paceSPerKm === null ? null : `${minutesSeconds(view.paceSPerKm)} min/km`],
    ["hrAvg", view.heartRateAvgBpm],
    ["hrMax", view.heartRateMaxBpm],
    ["energy", view.energyKcal === null ? null : `${whole(view.energyKcal)} kcal`],
    ["cardioLoad", view.cardioLoad === null ? null : whole(view.cardioLoad)],
    ["muscleLoad", polar?.muscleLoad == null ? null : whole(polar.muscleLoad)],
    ["perceivedLoad", polar?.perceivedLoad == null ? null : whole(polar.perceivedLoad)],
    ["rpe", polar?.userRpe && effort(polar.userRpe)],
    ["runningIndex", polar?.runningIndex ?? null],
    ["device", view.device],
  ] as const;
  return (
    <Figures className="mt-1 basis-full">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </Figures>
  );
}
