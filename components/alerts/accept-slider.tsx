"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
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
    <form method="get" action={path} className="accept">
      <input type="hidden" name="baseline" value={baselineDays} />
      <label className="unseen" htmlFor="accept">
        {t("accept.label")}
      </label>
      <div className="accept-track">
        <div className="accept-ticks" aria-hidden="true">
          {PRESETS.map((preset) => (
            <span
              key={preset}
              style={{ left: `${(100 * mailsPerWeek[preset]) / 7}%` }}
              data-chosen={preset === chosen || undefined}
            >
              {t(`presetName.${preset}`)}
            </span>
          ))}
        </div>
        <input
          id="accept"
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
        <div className="accept-scale" aria-hidden="true">
          {WEEK.map((mails) => (
            <span key={mails}>{mails}</span>
          ))}
        </div>
      </div>
      <p className="label accept-word">
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
