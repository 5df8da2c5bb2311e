import type { BaselineGrade, Level } from "@/lib/readiness/types";
import { LevelGlyph } from "./level-glyph";

/** A level's glyph, colour and word; a dashed border says that the baseline is provisional. */
export function Chip({ level, grade, word }: { level: Level; grade: BaselineGrade; word: string }) {
  const provisional = grade === "provisional" && level !== "no-verdict" ? " chip-provisional" : "";
  return (
    <span className={`chip chip-${level}${provisional}`}>
      <LevelGlyph level={level} />
      <span>{word}</span>
    </span>
  );
}
