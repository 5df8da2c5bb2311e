import { useLocale, useTranslations } from "next-intl";
import { decimal, percentRange, range } from "@/components/format/numbers";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { ChanceBand } from "./chance-band";
import { NamesStrip } from "./names-strip";
import { slideOf } from "./slide";

type PresetRowProps = {
  preset: Preset;
  view: BacktestView;
  isChosen: boolean;
  form: string;
  choose: (preset: Preset) => void;
};

/** One preset as a radio button with what it would have told; the whole row can be pressed. */
export function PresetRow({ preset, view, isChosen, form, choose }: PresetRowProps) {
  const t = useTranslations("alerts");
  const id = `preset-${preset}`;
  return (
    <label
      className="grid cursor-pointer grid-cols-(--columns) items-center gap-4 border-line border-b px-4 py-3 hover:bg-hover data-chosen:bg-hover data-chosen:shadow-[inset_2px_0_0_var(--ink)] max-[1101px]:grid-cols-[22px_minmax(0,1fr)_auto] phone:gap-y-2.5 phone:px-3 phone:py-3.5"
      data-chosen={isChosen || undefined}
    >
      <input
        className="m-0 size-4 accent-ink phone:size-5 print:not-checked:invisible"
        type="radio"
        name="preset"
        value={preset}
        form={form}
        checked={isChosen}
        onChange={() => choose(preset)}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-text ${id}-figures`}
      />
      <span className="grid gap-px text-cell phone:text-[0.8125rem] phone:leading-[1.125rem] phone:col-[2/4]">
        <span>
          <b className="font-semibold text-body" id={`${id}-name`}>
            {t(`presetName.${preset}`)}
          </b>{" "}
          {preset === view.squad.preset ? <span className="text-ink-3">{t("rows.inUse")}</span> : null}
        </span>
        <span className="text-ink-2" id={`${id}-text`}>
          {t(`presetText.${preset}`)}
        </span>
        <Fires preset={preset} view={view} />
      </span>
      <Figures preset={preset} view={view} />
    </label>
  );
}

function Fires({ preset, view }: { preset: Preset; view: BacktestView }) {
  const t = useTranslations("alerts.rows");
  const locale = useLocale();
  const { chance, stated } = view;
  const own = chance.state === "done" ? chance.figures.presets[preset].chance.flaggedShare : stated?.[preset];
  const shown = percentRange(own ?? beforeData(preset, view.squad).flaggedShare, locale);
  return <span className="text-ink-3">{t(own ? "fires" : "firesBefore", { range: shown })}</span>;
}

function Figures({ preset, view }: { preset: Preset; view: BacktestView }) {
  const t = useTranslations("alerts.rows");
  const locale = useLocale();
  const { replay, chance, mornings } = view;
  const own = replay?.[preset];
  const slide = slideOf(preset, view);
  if (!own) {
    const month = beforeData(preset, view.squad).episodesPerAthleteMonth;
    return (
      <>
        <span className="text-cell text-ink-2 max-[1101px]:col-[2/4]" id={`preset-${preset}-figures`}>
          {t("month", { range: range(month, 2, locale) })}
        </span>
        <Slide slide={slide} />
      </>
    );
  }
  const most = Math.max(...Object.values(replay).flatMap(({ namedByMorning }) => namedByMorning));
  return (
    <>
      <span
        id={`preset-${preset}-figures`}
        className="grid gap-px text-cell phone:text-[0.8125rem] phone:leading-[1.125rem] phone:col-[2/4]"
      >
        <b className="font-[620] text-[1.125rem] leading-[1.5rem]">{t("mails", { n: own.mails })}</b>
        <span className="text-ink-2">
          {t("week", { perWeek: decimal(own.mailsPerWeek, 1, locale), names: own.names })}
        </span>
      </span>
      <ChanceBand
        mails={own.mails}
        mornings={mornings}
        chance={chance.state === "done" ? chance.figures.presets[preset].chance.mails : null}
        state={chance.state}
      />
      <NamesStrip namedByMorning={own.namedByMorning} most={most} />
      <Slide slide={slide} />
    </>
  );
}

function Slide({ slide }: { slide: ReturnType<typeof slideOf> }) {
  const t = useTranslations("alerts.rows");
  const locale = useLocale();
  return (
    <span className="grid gap-px text-right text-cell phone:text-[0.8125rem] phone:leading-[1.125rem] max-[1101px]:col-[2/4] max-[1101px]:flex max-[1101px]:items-baseline max-[1101px]:gap-2 max-[1101px]:text-left">
      <span className="hidden text-ink-3 max-[1101px]:inline">{t("slide")}</span>
      {slide ? (
        <>
          <b className="font-semibold text-body">{decimal(100 * slide.share, 0, locale)} %</b>
          <span className="text-ink-2">{t("slideDay", { day: slide.medianDay })}</span>
        </>
      ) : (
        "–"
      )}
    </span>
  );
}
