"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/controls";
import { PRESETS, type Preset } from "@/lib/readiness/types";
import { acceptedFor, presetFor } from "./preset-for";

type AcceptSliderProps = {
  mailsPerWeek: Record<Preset, number>;
  chosen: Preset;
  choose: (preset: Preset) => void;
  path: string;
  baselineDays: number;
};

const WEEK = [0, 1, 2, 3, 4, 5, 6, 7];

/** "How many mails a week": picks the preset that stays within. A form of its own, so that it works without JavaScript. */
export function AcceptSlider({ mailsPerWeek, chosen, choose, path, baselineDays }: AcceptSliderProps) {
  const t = useTranslations("alerts");
  const [moved, setMoved] = useState<number | null>(null);
  // A preset chosen by its radio button moves the slider along.
  const isStale = moved === null || presetFor(moved, mailsPerWeek) !== chosen;
  const accepted = isStale ? acceptedFor(mailsPerWeek[chosen]) : moved;
  return (
    <form method="get" action={path}>
      <input type="hidden" name="baseline" value={baselineDays} />
      <label className="sr-only" htmlFor="accept">
        {t("accept.label")}
      </label>
      <div className="relative pt-4.5">
        {/* Rates of a small squad lie close together: only the chosen tick is named. */}
        <div className="absolute inset-x-2 top-0 h-4.5" aria-hidden="true">
          {PRESETS.map((preset) => (
            <span
              key={preset}
              className="absolute -translate-x-1/2 whitespace-nowrap pb-0.5 text-label text-ink-3 not-data-chosen:text-[0px] after:absolute after:top-[15px] after:left-1/2 after:h-2 after:border-ink-2 after:border-l-[1.5px]"
              style={{ left: `${(100 * mailsPerWeek[preset]) / 7}%` }}
              data-chosen={preset === chosen || undefined}
            >
              {t(`presetName.${preset}`)}
            </span>
          ))}
        </div>
        <input
          id="accept"
          className="m-0 block h-(--target) w-full accent-ink -outline-offset-1"
          type="range"
          name="accept"
          min={0}
          max={7}
          step={0.5}
          value={accepted}
          aria-valuetext={t("accept.value", { n: accepted, preset: t(`presetName.${chosen}`) })}
          onChange={(event) => {
            const next = Number(event.currentTarget.value);
            setMoved(next);
            choose(presetFor(next, mailsPerWeek));
          }}
        />
        <div className="flex justify-between px-1 pt-1 text-label text-ink-3" aria-hidden="true">
          {WEEK.map((mails) => (
            <span key={mails}>{mails}</span>
          ))}
        </div>
      </div>
      <p className="font-medium text-label text-ink-3 pt-1">
        {t("accept.value", { n: accepted, preset: t(`presetName.${chosen}`) })}
        {accepted < mailsPerWeek.quiet ? ` · ${t("accept.below")}` : ""}
      </p>
      <noscript>
        <Button type="submit" size="small">
          {t("accept.show")}
        </Button>
      </noscript>
    </form>
  );
}
