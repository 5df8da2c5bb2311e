import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { decimal, percentRange, range } from "@/components/format/numbers";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { againstChance } from "./preset-for";
import { slideOf } from "./slide";

type ChoiceProps = { view: BacktestView; chosen: Preset };

const b = (words: ReactNode) => <b className="font-[620]">{words}</b>;

/** The chosen preset restated in a sentence, with how surely it catches a real change. */
export function ChoiceInWords({ view, chosen }: ChoiceProps) {
  return (
    <div aria-live="polite">
      <p className="mt-3 max-w-[62ch] text-statement">
        <Mails view={view} chosen={chosen} />
      </p>
      <p className="mt-2 max-w-[70ch] text-ink-3 text-cell phone:text-[0.8125rem] phone:leading-[1.125rem]">
        <SlideWords view={view} chosen={chosen} />
      </p>
    </div>
  );
}

function Mails({ view, chosen }: ChoiceProps) {
  const t = useTranslations("alerts");
  const locale = useLocale();
  const preset = t(`presetName.${chosen}`);
  const own = view.replay?.[chosen];
  if (!own) {
    const shown = percentRange(beforeData(chosen, view.squad).flaggedShare, locale);
    return t.rich("say.before", { b, preset, range: shown });
  }
  const told = { b, preset, mornings: view.mornings, mails: own.mails };
  if (view.chance.state !== "done") return t.rich("say.noChance", told);
  const { mails } = view.chance.figures.presets[chosen].chance;
  return t.rich("say.chance", {
    ...told,
    mean: decimal(mails.mean, 0, locale),
    range: range(mails, 0, locale),
    verdict: againstChance(own.mails, mails),
  });
}

function SlideWords({ view, chosen }: ChoiceProps) {
  const t = useTranslations("alerts");
  const locale = useLocale();
  const { preset: current } = view.squad;
  const slide = slideOf(chosen, view);
  const other = current === chosen ? null : slideOf(current, view);
  if (!slide) return null;
  const share = (of: { share: number }) => decimal(100 * of.share, 0, locale);
  return [
    t("say.slide", { share: share(slide), day: slide.medianDay }),
    other
      ? t("say.slideOther", {
          preset: t(`presetName.${current}`),
          share: share(other),
          day: other.medianDay,
        })
      : "",
    slide.isOwn ? "" : t("say.slideBefore"),
  ]
    .filter(Boolean)
    .join(" ");
}
