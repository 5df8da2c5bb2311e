import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { decimal, hoursMinutes, whole } from "@/components/format/numbers";
import { Table } from "@/components/ui/blocks";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { BodyView } from "@/lib/services/athletes/body";

const BODY = ["weight", "height", "hrMax", "hrRest", "aerobic", "anaerobic", "vo2Max"] as const;
/** Polar's activity zones in the order of their indices. */
const ZONES = ["rest", "sedentary", "light", "moderate", "vigorous", "notWorn"] as const;
const ACTIVITY = ["steps", "activeCalories", "active", "inactive", "goal"] as const;

/** Physical information as Polar told it, the latest first. */
export function BodyTable({ view }: { view: BodyView }) {
  const t = useTranslations("athlete.body");
  const locale = useLocale();
  return (
    <ScrollBox className="max-h-[420px] overflow-auto px-3.5 py-3" look="card" label={t("title")}>
      <h2 className="mb-1.5">{t("title")}</h2>
      {view.body.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      <Table caption={t("title")} hidden={view.body.length === 0}>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {BODY.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`column.${name}`)}
              </th>
            ))}
            {view.mayReadRaw ? <th scope="col">{t("source")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {view.body.toReversed().map((entry) => {
            const numbers = [
              entry.weightKg === null ? "–" : decimal(entry.weightKg, 1, locale),
              ...[
                entry.heightCm,
                entry.heartRateMaxBpm,
                entry.heartRateRestBpm,
                entry.aerobicThresholdBpm,
                entry.anaerobicThresholdBpm,
                entry.vo2Max,
              ].map((value) => (value === null ? "–" : whole(value))),
            ];
            return (
              <tr key={entry.recordedAtMs}>
                <th scope="row" className="whitespace-nowrap">
                  {civil(new Date(entry.recordedAtMs).toISOString().slice(0, 10), "short", locale)}
                </th>
                {BODY.map((name, i) => (
                  <td key={name} className="num">
                    {numbers[i]}
                  </td>
                ))}
                {view.mayReadRaw ? (
                  <td>
                    {entry.payloadId ? (
                      <Link className="link" href={`/payloads/${entry.payloadId}`} prefetch={false}>
                        {t("raw")}
                      </Link>
                    ) : (
                      "–"
                    )}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </ScrollBox>
  );
}

/** Steps, calories, goal and time by zone of each day, the latest first. */
export function ActivityTable({ view }: { view: BodyView }) {
  const t = useTranslations("athlete.body");
  const locale = useLocale();
  return (
    <ScrollBox className="max-h-[420px] overflow-auto px-3.5 py-3" look="card" label={t("activity")}>
      <h2 className="mb-1.5">{t("activity")}</h2>
      {view.activity.length === 0 ? <p className="text-ink-3">{t("noActivity")}</p> : null}
      <Table caption={t("activity")} hidden={view.activity.length === 0}>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {ACTIVITY.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`column.${name}`)}
              </th>
            ))}
            {ZONES.map((zone) => (
              <th key={zone} scope="col" className="num">
                {t(`zone.${zone}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.activity.toReversed().map((entry) => {
            const numbers = [
              entry.steps === null ? "–" : whole(entry.steps),
              entry.activeCaloriesKcal === null ? "–" : whole(entry.activeCaloriesKcal),
              entry.activeS === null ? "–" : hoursMinutes(entry.activeS),
              entry.inactiveS === null ? "–" : hoursMinutes(entry.inactiveS),
              entry.goalPercent === null ? "–" : `${whole(entry.goalPercent)} %`,
            ];
            return (
              <tr key={entry.date}>
                <th scope="row" className="whitespace-nowrap">
                  {civil(entry.date, "short", locale)}
                </th>
                {ACTIVITY.map((name, i) => (
                  <td key={name} className="num">
                    {numbers[i]}
                  </td>
                ))}
                {ZONES.map((zone, i) => (
                  <td key={zone} className="num">
                    {entry.zoneS?.[i] === undefined ? "–" : hoursMinutes(entry.zoneS[i])}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </ScrollBox>
  );
}
