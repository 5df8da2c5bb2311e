import { useTranslations } from "next-intl";
import type { BaselineGrade, Level } from "@/lib/readiness/types";
import { LevelGlyph } from "./level-glyph";

/** Glyph, word and colour of a level; a dashed border says that the baseline is provisional. */
export function LevelChip({ level, grade = "firm" }: { level: Level; grade?: BaselineGrade }) {
  const t = useTranslations("shell.level");
  const provisional = grade === "provisional" && level !== "no-verdict" ? " chip-provisional" : "";
  return (
    <span className={`chip chip-${level}${provisional}`}>
      <LevelGlyph level={level} />
      <span>{t(level)}</span>
    </span>
  );
}
