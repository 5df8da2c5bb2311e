"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card } from "@/components/ui/blocks";
import { PRESETS, type Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { AcceptSlider } from "./accept-slider";
import { BaselineChoice } from "./baseline-choice";
import { ChoiceInWords } from "./choice-in-words";
import { EpisodesByAthlete } from "./episodes-by-athlete";
import { PresetRows } from "./preset-rows";
import { SaveChoice } from "./save-choice";

type AlertsBoardProps = {
  view: BacktestView;
  path: string;
  /** What the address asks for. */
  initial: Preset;
  /** Absent for those who may only look. */
  save: ((form: FormData) => Promise<void>) | undefined;
  /** Stands beside the choice. */
  delivery: ReactNode;
};

const FORM = "alerts-save";

/** Choosing a preset: everything that depends on the choice follows it at once, and nothing is kept before it is saved. */
export function AlertsBoard({ view, path, initial, save, delivery }: AlertsBoardProps) {
  const t = useTranslations("alerts");
  const [chosen, choose] = useState(initial);
  const { replay } = view;
  return (
    <div className="grid gap-4 [&>*]:min-w-0">
      <PresetRows view={view} chosen={chosen} form={FORM} choose={choose} />
      <noscript>
        <p>
          {t("rows.compare")}{" "}
          {PRESETS.map((preset) => (
            <a
              key={preset}
              className="link mr-3"
              href={`${path}?baseline=${view.baselineDays}&preset=${preset}`}
            >
              {t(`presetName.${preset}`)}
            </a>
          ))}
        </p>
      </noscript>
      <div className="grid grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] items-start gap-4 max-[861px]:grid-cols-1">
        <Card pad="even" title={t(replay ? "accept.title" : "accept.untried")}>
          {replay ? (
            <AcceptSlider
              mailsPerWeek={{
                brief: replay.brief.mailsPerWeek,
                balanced: replay.balanced.mailsPerWeek,
                quiet: replay.quiet.mailsPerWeek,
              }}
              chosen={chosen}
              choose={choose}
              path={path}
              baselineDays={view.baselineDays}
            />
          ) : null}
          <ChoiceInWords view={view} chosen={chosen} />
          <SaveChoice id={FORM} view={view} chosen={chosen} choose={choose} save={save} />
          <BaselineChoice view={view} chosen={chosen} path={path} />
        </Card>
        {delivery}
      </div>
      {replay ? <EpisodesByAthlete view={view} chosen={chosen} /> : null}
    </div>
  );
}
