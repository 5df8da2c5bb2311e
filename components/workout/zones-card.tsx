import { useTranslations } from "next-intl";
import { hoursMinutes } from "@/components/format/numbers";
import { Card, Table } from "@/components/ui/blocks";
import type { HeartRateZone } from "@/lib/wearables/types";

/** Time in each heart-rate zone: a table whose bars are its numbers drawn. */
export function ZonesCard({ zones }: { zones: readonly HeartRateZone[] }) {
  const t = useTranslations("workout.zones");
  const most = Math.max(1, ...zones.map((zone) => zone.inZoneS));
  return (
    <Card title={t("title")} titleId="zones-title">
      {zones.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      {zones.length > 0 ? (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <th scope="col">{t("zone")}</th>
              <th scope="col">{t("range")}</th>
              <th scope="col" className="num">
                {t("time")}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {zones.map((zone) => (
              <tr key={zone.index}>
                <th scope="row">{t("name", { n: zone.index })}</th>
                <td>
                  {zone.lowerBpm}–{zone.upperBpm} bpm
                </td>
                <td className="num">{hoursMinutes(zone.inZoneS)}</td>
                <td className="w-2/5">
                  <svg width="100%" height="10" aria-hidden="true">
                    <rect
                      width={`${(zone.inZoneS / most) * 100}%`}
                      height="10"
                      rx="2"
                      fill="var(--load-current)"
                    />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </Card>
  );
}
