import type { BandValue } from "./cell-values";

const WIDTH = 116;
const MIDDLE = WIDTH / 2;
const PER_S = 22;
const LIMIT_S = 2.5;

/** Today (dot) and the 7-day mean (tick) on the athlete's own band; an arrow when today is off the scale. */
export function BaselineGraphic({ value }: { value: BandValue }) {
  if (value === null) {
    return (
      <svg width={WIDTH} height="22" aria-hidden="true">
        <path d={`M4 11H${WIDTH - 4}`} stroke="var(--line-strong)" strokeDasharray="1.5 3" />
      </svg>
    );
  }
  const [z, mean7] = value;
  return (
    <svg width={WIDTH} height="22" aria-hidden="true">
      <rect x={MIDDLE - PER_S} y="5" width={2 * PER_S} height="12" rx="2" fill="var(--band)" />
      <path d={`M${MIDDLE} 5v12`} stroke="var(--surface)" strokeWidth="1.5" />
      {mean7 === null ? null : <path d={`M${place(mean7)} 3v16`} stroke="var(--data)" strokeWidth="2" />}
      {z === null ? null : <Today z={z} />}
    </svg>
  );
}

function Today({ z }: { z: number }) {
  if (Math.abs(z) > LIMIT_S) {
    const d = z < 0 ? "M1 11l7-4v8z" : `M${WIDTH - 1} 11l-7-4v8z`;
    return <path d={d} fill="var(--ink)" />;
  }
  return <circle cx={place(z)} cy="11" r="4" fill="var(--ink)" stroke="var(--surface)" strokeWidth="1.5" />;
}

function place(s: number): number {
  return Math.round((MIDDLE + Math.max(-LIMIT_S, Math.min(LIMIT_S, s)) * PER_S) * 10) / 10;
}
