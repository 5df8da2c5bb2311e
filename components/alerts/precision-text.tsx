import { useTranslations } from "next-intl";
import type { Precision } from "@/lib/alerts/precision";

const percent = (share: number) => Math.round(share * 100);

/** "Useful in 5 of 7 judged episodes" with its interval, or that there are not enough verdicts to say so. */
export function PrecisionText({ precision }: { precision: Precision }) {
  const t = useTranslations("alerts.precision");
  const { judged, needed, useful, share, knownCause, falseAlarm } = precision;
  if (share === null) return <p className="text-ink-3">{t("few", { judged, needed })}</p>;
  const figures = { share: percent(share.value), low: percent(share.low), high: percent(share.high) };
  return (
    <p>
      {t("text", { useful, judged, ...figures })}{" "}
      <span className="text-ink-3">{t("rest", { knownCause, falseAlarm })}</span>
    </p>
  );
}
