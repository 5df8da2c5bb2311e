import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { hoursMinutes, minutesSeconds, whole } from "@/components/format/numbers";
import { sportName } from "@/components/format/sport";
import { Card, Sub, Table } from "@/components/ui/blocks";
import type { AthleteView } from "@/lib/services/athletes/view";

/** The latest sessions, each a link to its details. */
export function WorkoutsCard({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.workouts");
  const sports = useTranslations("workout.sport");
  const kinds = useTranslations("load.kind");
  const locale = useLocale();
  const most = Math.max(1, ...view.workouts.map((workout) => workout.load ?? 0));
  return (
    <Card title={t("title")} titleId="workouts-title">
      {view.workouts.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      {view.workouts.length > 0 ? (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <th scope="col">{t("day")}</th>
              <th scope="col">{t("session")}</th>
              <th scope="col" className="num">
                {t("time")}
              </th>
              <th scope="col" className="num">
                {t("hr")}
              </th>
              <th scope="col" className="num">
                {kinds(view.load.kind)}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.workouts.map((workout) => (
              <tr key={workout.id}>
                <td>{civil(workout.date, "short", locale)}</td>
                <th scope="row">
                  <Link
                    className="link"
                    href={`/athletes/${view.athlete.id}/workouts/${workout.id}`}
                    prefetch={false}
                  >
                    {sportName(sports, workout.sport)}
                  </Link>
                  {workout.paceSPerKm === null ? null : (
                    <Sub>{t("pace", { pace: minutesSeconds(workout.paceSPerKm) })}</Sub>
                  )}
                </th>
                <td className="num">{hoursMinutes(workout.durationMs / 1000)}</td>
                <td className="num">{workout.heartRateAvgBpm ?? "–"}</td>
                <td className="num">
                  <span className="inline-grid grid-cols-[40px_auto] items-center gap-2">
                    {workout.load === null ? "–" : whole(workout.load)}
                    <svg className="-order-1 -scale-x-100" width="40" height="6" aria-hidden="true">
                      <rect
                        width={((workout.load ?? 0) / most) * 40}
                        height="6"
                        rx="1"
                        fill="var(--load-previous)"
                      />
                    </svg>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </Card>
  );
}
