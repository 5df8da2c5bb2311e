import { useTranslations } from "next-intl";
import { LevelGlyph } from "@/components/ui/level-glyph";
import type { Level } from "@/lib/readiness/types";
import { LEVELS } from "@/lib/readiness/types";
import { FilterForm } from "./filters";
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
      <fieldset className="mx-(--margin) mt-3.5 flex rounded-card border border-line bg-surface phone:mt-3 phone:grid phone:grid-cols-4">
        <legend className="sr-only">{t("byLevel")}</legend>
        {LEVELS.map((level) => {
          const pressed = state.levels.includes(level);
          return (
            <button
              type="submit"
              key={level}
              className="grid flex-auto cursor-pointer gap-1.5 border-line border-r px-3.5 pt-2 pb-[9px] text-left last:border-r-0 hover:bg-hover aria-pressed:bg-sub aria-pressed:shadow-[inset_0_-2px_0_var(--ink)] phone:min-h-13 phone:gap-1 phone:border-b phone:py-2 phone:pr-2 phone:pl-2.5 phone:nth-of-type-[4]:border-r-0 phone:nth-of-type-[7]:col-span-2 phone:nth-of-type-[n+5]:border-b-0"
              name={pressed ? undefined : "level"}
              value={pressed ? undefined : level}
              aria-pressed={pressed}
              data-level={level}
            >
              <span className="flex items-center gap-1.5 whitespace-nowrap text-[0.75rem] text-ink-2 leading-[1.125rem] phone:flex-wrap phone:whitespace-normal phone:leading-[0.875rem]">
                <LevelGlyph level={level} size={13} className={`mark-${level}`} />
                <b className="font-[620] text-[0.9375rem] text-ink phone:text-[1.0625rem] phone:leading-[1.25rem]">
                  {counts[level]}
                </b>
                <span className="phone:basis-full">{words(level)}</span>
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
    <svg
      className="max-w-full overflow-visible phone:hidden"
      width={Math.max(width, 1)}
      height="6"
      aria-hidden="true"
    >
      <path
        d={d}
        fill={dashed ? "none" : `var(--fill-${level})`}
        stroke={dashed ? "var(--line-strong)" : "none"}
        strokeDasharray={dashed ? "2 2" : undefined}
      />
    </svg>
  );
}
