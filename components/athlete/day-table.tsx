import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { decimal, hoursMinutes, signed, whole } from "@/components/format/numbers";
import { Table } from "@/components/ui/blocks";
import { LevelChip } from "@/components/ui/level-chip";
import { ScrollBox } from "@/components/ui/scroll-box";
import { inSd } from "@/lib/number-text";
import type { AthleteDay } from "@/lib/services/athletes/view";

/** The charts' days as numbers, the latest first. */
export function DayTable({ days, href }: { days: readonly AthleteDay[]; href: string }) {
  const t = useTranslations("athlete.table");
  return (
    <ScrollBox className="max-h-[900px] overflow-auto px-3.5 py-3" look="card" label={t("caption")}>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            <th scope="col">{t("level")}</th>
            <th scope="col">{t("source")}</th>
            {(
              [
                "hrv",
                "z",
                "mean7",
                "mean28",
                "sd7",
                "usual",
                "resting",
                "load",
                "acute",
                "chronic",
                "sleep",
                "ans",
                "stress",
              ] as const
            ).map((name) => (
              <th key={name} scope="col" className="num">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <DayRow key={day.date} day={day} href={href} />
          ))}
        </tbody>
      </Table>
    </ScrollBox>
  );
}

function DayRow({ day, href }: { day: AthleteDay; href: string }) {
  const t = useTranslations("athlete.table");
  const locale = useLocale();
  const { baselineMean: mean, baselineSd: sd } = day;
  const ms = (x: number | null) => (x === null ? "–" : whole(Math.exp(x)));
  const cells = [
    day.rmssdMs === null ? "–" : whole(day.rmssdMs),
    day.z === null ? "–" : inSd(day.z, locale),
    ms(day.mean7),
    ms(day.mean28),
    day.sd7Percent === null ? "–" : decimal(day.sd7Percent, 1, locale),
    mean === null || sd === null ? "–" : `${ms(mean - sd)}–${ms(mean + sd)}`,
    day.heartRateBpm === null ? "–" : whole(day.heartRateBpm),
    day.load === null ? "–" : whole(day.load),
    day.loadEwma7 === null ? "–" : whole(day.loadEwma7),
    day.loadEwma28 === null ? "–" : whole(day.loadEwma28),
    day.asleepS === null ? "–" : hoursMinutes(day.asleepS),
    day.ansCharge === null ? "–" : signed(day.ansCharge, 1, locale),
    day.lifeStress === null ? "–" : String(day.lifeStress),
  ];
  return (
    <tr>
      <th scope="row">
        <Link
          className="link"
          href={`${href}${href.includes("?") ? "&" : "?"}day=${day.date}`}
          prefetch={false}
        >
          {civil(day.date, "short", locale)}
        </Link>
      </th>
      <td>
        <LevelChip level={day.level} grade={day.baselineGrade} />
      </td>
      <td>{t(`sourceName.${day.source}`)}</td>
      {cells.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a row have a fixed order
        <td key={i} className="num">
          {cell}
        </td>
      ))}
    </tr>
  );
}
