import type { LoadValue, RechargeValue } from "./cell-values";

/** Load of the last seven days over that of the seven before; hollow and without a percentage while a day is not known. */
export function LoadBars({ value }: { value: LoadValue }) {
  if (value.length === 1) {
    return (
      <span>
        <svg width="56" height="16" aria-hidden="true">
          <path d="M.5 4.5h30v7h-30z" fill="none" stroke="var(--line-strong)" strokeDasharray="2 2" />
        </svg>
        <span className="col-[2/4] text-ink-3">{value[0]}</span>
      </span>
    );
  }
  const [sum, change, rising, previous, current] = value;
  return (
    <span>
      <svg width="56" height="16" aria-hidden="true">
        <path d={`M0 1h${previous}v5h-${previous}z`} fill="var(--load-previous)" opacity=".65" />
        <path d={`M0 8h${current}v7h-${current}z`} fill="var(--load-current)" />
      </svg>
      <span className="num">{sum}</span>
      {rising ? <b>{change}</b> : <span className="text-ink-3">{change}</span>}
    </span>
  );
}

/** Nightly Recharge: ANS charge from −10 to +10 around the own usual, and sleep charge from 1 to 5. */
export function Recharge({ value }: { value: NonNullable<RechargeValue> }) {
  const [charge, ans, sleep, title] = value;
  const end = 18 + Math.max(-1, Math.min(1, (charge ?? 0) / 10)) * 18;
  return (
    <span title={title || undefined}>
      <svg width="36" height="16" aria-hidden="true">
        <path d="M18 0v16" stroke="var(--line-strong)" />
        {charge === null ? null : (
          <path d={`M18 8H${end.toFixed(1)}`} stroke="var(--load-current)" strokeWidth="6" />
        )}
      </svg>
      <span className="num">{ans}</span>
      <span className="num text-ink-3">{sleep}</span>
    </span>
  );
}
