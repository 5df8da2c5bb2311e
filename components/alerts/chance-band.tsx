import { useLocale, useTranslations } from "next-intl";
import { range } from "@/components/format/numbers";
import type { ChanceView } from "@/lib/services/backtest/view";

type ChanceBandProps = {
  mails: number;
  mornings: number;
  chance: { mean: number; low: number; high: number } | null;
  state: ChanceView["state"];
};

/** A dot for the squad's mails against the band that chance alone gives, on an axis from none to one each morning. */
export function ChanceBand({ mails, mornings, chance, state }: ChanceBandProps) {
  const t = useTranslations("alerts.rows");
  const locale = useLocale();
  const at = (count: number) => `${(100 * Math.min(count, mornings)) / mornings}%`;
  return (
    <span className="chance">
      <span className="chance-axis" aria-hidden="true">
        {chance ? (
          <>
            <i
              className="chance-band"
              style={{ left: at(chance.low), width: at(Math.max(1, chance.high - chance.low)) }}
            />
            <i className="chance-mean" style={{ left: at(chance.mean) }} />
          </>
        ) : null}
        <i className="chance-own" style={{ left: at(mails) }} />
      </span>
      <span className="label">
        {chance
          ? t("chance", { range: range(chance, 0, locale) })
          : t(state === "failed" ? "failed" : "waiting")}
      </span>
    </span>
  );
}
