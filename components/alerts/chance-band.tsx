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
    <span className="grid max-[1101px]:col-[2/4]">
      <span
        className="relative h-5 before:absolute before:inset-x-0 before:top-2.5 before:border-line-strong before:border-t"
        aria-hidden="true"
      >
        {chance ? (
          <>
            <i
              className="absolute top-1 h-3 rounded-[2px] bg-(--band-half)"
              style={{ left: at(chance.low), width: at(Math.max(1, chance.high - chance.low)) }}
            />
            <i className="absolute top-1 h-3 w-px bg-ink-3" style={{ left: at(chance.mean) }} />
          </>
        ) : null}
        <i
          className="absolute top-1.5 -ml-[4.5px] size-[9px] rounded-full bg-ink"
          style={{ left: at(mails) }}
        />
      </span>
      <span className="font-medium text-label text-ink-3">
        {chance
          ? t("chance", { range: range(chance, 0, locale) })
          : t(state === "failed" ? "failed" : "waiting")}
      </span>
    </span>
  );
}
