import { useTranslations } from "next-intl";
import { LevelGlyph } from "@/components/ui/level-glyph";
import { LEVELS } from "@/lib/readiness/types";

/** What fills, hatching, bars and corners mean. */
export function HeatmapLegend() {
  const t = useTranslations("heatmap.legend");
  const words = useTranslations("levels.words");
  return (
    <div className="heat-legend">
      {LEVELS.map((level) => (
        <span key={level}>
          <i className={`heat-cell heat-${level}`} aria-hidden="true">
            {level === "steady" || level === "no-verdict" ? null : <LevelGlyph level={level} size={11} />}
          </i>
          {words(level)}
        </span>
      ))}
      <span>
        <i className="heat-cell heat-steady heat-provisional" aria-hidden="true" />
        {t("provisional")}
      </span>
      <span>
        <i className="heat-cell heat-no-verdict heat-missing" aria-hidden="true" />
        {t("missing")}
      </span>
      <span>{t("bar")}</span>
    </div>
  );
}
