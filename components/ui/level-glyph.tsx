import type { Level } from "@/lib/readiness/types";

type GlyphProps = { level: Level; size?: number; className?: string };

/** The level's own silhouette, from the page's sprite; decoration only, its word always stands beside it. */
export function LevelGlyph({ level, size = 12, className = "" }: GlyphProps) {
  return (
    <svg className={`glyph ${className}`.trimEnd()} width={size} height={size} aria-hidden="true">
      <use href={`#glyph-${level}`} />
    </svg>
  );
}

/** The symbols behind every LevelGlyph; once per page. `--glyph-back` is the colour that shows through the holes. */
export function LevelGlyphSprite() {
  const hole = "var(--glyph-back, var(--surface))";
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: "absolute" }}>
      <symbol id="glyph-recovery" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="5.4" />
        <path d="M4.5 3.8v4.4M7.5 3.8v4.4" stroke={hole} strokeWidth="1.5" fill="none" />
      </symbol>
      <symbol id="glyph-flag" viewBox="0 0 12 12">
        <path d="M2.6 1v10.4" stroke="currentColor" strokeWidth="1.5" fill="none" />
        <path d="M3 1.4h7.6l-2 2.8 2 2.8H3z" />
      </symbol>
      <symbol id="glyph-unexplained" viewBox="0 0 12 12">
        <path d="M6 .5 11.5 6 6 11.5.5 6z" />
        <path
          d="M4.5 4.7a1.5 1.4 0 1 1 2.2 1.3c-.5.3-.7.5-.7 1M6 8.5v.2"
          stroke={hole}
          strokeWidth="1.15"
          strokeLinecap="round"
          fill="none"
        />
      </symbol>
      <symbol id="glyph-watch" viewBox="0 0 12 12">
        <path
          d="M.8 6C2.4 3.4 4 2.4 6 2.4S9.6 3.4 11.2 6C9.6 8.6 8 9.6 6 9.6S2.4 8.6.8 6z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
        />
        <circle cx="6" cy="6" r="1.9" />
      </symbol>
      <symbol id="glyph-no-verdict" viewBox="0 0 12 12">
        <circle
          cx="6"
          cy="6"
          r="4.9"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeDasharray="2.1 1.75"
        />
      </symbol>
      <symbol id="glyph-high" viewBox="0 0 12 12">
        <path
          d="M6 1.6 11 10.2H1z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="glyph-steady" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="2.1" />
      </symbol>
    </svg>
  );
}
