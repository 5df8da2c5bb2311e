import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LevelGlyph } from "@/components/ui/level-glyph";
import { LEVELS, type Level } from "@/lib/readiness/types";
import styles from "./heatmap.module.css";

/** What fills, hatching, bars and corners mean. */
export function HeatmapLegend() {
  const t = useTranslations("heatmap.legend");
  const words = useTranslations("levels.words");
  return (
    <div
      className={`${styles.fills} mx-(--margin) mt-3 mb-2 flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.75rem] text-ink-2 print:[print-color-adjust:exact]`}
    >
      {LEVELS.map((level) => (
        <Entry key={level} level={level} words={words(level)}>
          {level === "steady" || level === "no-verdict" ? null : <LevelGlyph level={level} size={11} />}
        </Entry>
      ))}
      <Entry level="steady" marks="provisional" words={t("provisional")} />
      <Entry level="no-verdict" marks="missing" words={t("missing")} />
      <span>{t("bar")}</span>
    </div>
  );
}

type EntryProps = { level: Level; marks?: "provisional" | "missing"; words: string; children?: ReactNode };

/** A cell as the grid draws it, beside what it means. */
function Entry({ level, marks, words, children }: EntryProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <i className="w-7" data-level={level} data-marks={marks} aria-hidden="true">
        {children}
      </i>
      {words}
    </span>
  );
}
