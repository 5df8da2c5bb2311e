import { useLocale, useTranslations } from "next-intl";
import { bare } from "@/components/format/numbers";

const WIDTH = 160;

/** A correlation with its 95 % interval on the axis from −1 to 1 that all rows share. */
export function Interval({ r, low, high, firm }: { r: number; low: number; high: number; firm: boolean }) {
  const t = useTranslations("analysis.with");
  const locale = useLocale();
  const colour = firm ? "var(--data)" : "var(--load-current)";
  const x = (value: number) => Math.round((value + 1) * (WIDTH / 2));
  return (
    <svg
      className="block h-3.5 w-40 phone:w-21"
      viewBox={`0 0 ${WIDTH} 14`}
      role="img"
      aria-label={t("intervalLabel", { low: bare(low, 2, locale), high: bare(high, 2, locale) })}
    >
      <path d={`M0 7H${WIDTH}`} stroke="var(--line)" />
      <path d={`M${WIDTH / 2} 0v14`} stroke="var(--line-strong)" />
      <path d={`M${x(low)} 7H${x(high)}`} stroke={colour} strokeWidth="2" />
      <circle cx={x(r)} cy="7" r="3.5" fill={colour} />
    </svg>
  );
}
