import { useTranslations } from "next-intl";
import { LevelGlyph } from "@/components/ui/level-glyph";
import type { Level } from "@/lib/readiness/types";
import { LEVELS } from "@/lib/readiness/types";
import { FilterForm } from "./filters";
import styles from "./squad.module.css";
import { Hidden, type UrlState } from "./url-state";

/** Squares of all tiles together: what a row of tiles has room for. */
const SQUARES = 48;

/** All seven levels with their counts, zeros included; pressing one shows only its athletes. */
export function LevelTiles({ counts, state }: { counts: Record<Level, number>; state: UrlState }) {
  const t = useTranslations("squad.filter");
  const words = useTranslations("shell.level");
  const athletes = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const perSquare = Math.max(1, Math.ceil(athletes / SQUARES));
  return (
    <FilterForm>
      <Hidden state={state} without={["level"]} />
      <fieldset className={styles.tiles}>
        <legend className="sr-only">{t("byLevel")}</legend>
        {LEVELS.map((level) => {
          const pressed = state.levels.includes(level);
          return (
            <button
              type="submit"
              key={level}
              name={pressed ? undefined : "level"}
              value={pressed ? undefined : level}
              aria-pressed={pressed}
              data-level={level}
            >
              <span>
                <LevelGlyph level={level} size={13} className={`mark-${level}`} />
                <b>{counts[level]}</b>
                <span>{words(level)}</span>
              </span>
              <Squares level={level} n={Math.ceil(counts[level] / perSquare)} />
            </button>
          );
        })}
      </fieldset>
    </FilterForm>
  );
}

function Squares({ level, n }: { level: Level; n: number }) {
  const width = n * 11;
  const d = Array.from({ length: n }, (_, i) => `M${i * 11} 0h9v6h-9z`).join("");
  const dashed = level === "no-verdict";
  return (
    <svg width={Math.max(width, 1)} height="6" aria-hidden="true">
      <path
        d={d}
        fill={dashed ? "none" : `var(--fill-${level})`}
        stroke={dashed ? "var(--line-strong)" : "none"}
        strokeDasharray={dashed ? "2 2" : undefined}
      />
    </svg>
  );
}
