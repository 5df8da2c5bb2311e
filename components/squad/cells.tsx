"use client";

import Link from "next/link";
import { Sub } from "@/components/ui/blocks";
import { Chip } from "@/components/ui/chip";
import { BaselineGraphic } from "./baseline-graphic";
import type {
  BandValue,
  FigureValue,
  HrvValue,
  LevelValue,
  LoadValue,
  NightsValue,
  RechargeValue,
  TrendValue,
} from "./cell-values";
import type { CellProps } from "./column";
import { LoadBars, Recharge } from "./row-graphics";
import { Sparkline } from "./sparkline";
import { WhyButton } from "./why-state";

export function WhyCell({ row, frame: { words } }: CellProps<null>) {
  if (!row.scored) return null;
  return <WhyButton athleteId={row.id} label={words.whyOf.replace("{name}", row.name)} word={words.why} />;
}

export function NameCell({ value: state, row }: CellProps<string>) {
  return (
    <>
      <Link href={`/athletes/${row.id}`} prefetch={false}>
        {row.name}
      </Link>
      <span>{state}</span>
    </>
  );
}

export function LevelCell({ value: [word, provisional], row: { level } }: CellProps<LevelValue>) {
  return <Chip level={level} grade={provisional ? "provisional" : "firm"} word={word} />;
}

export function HrvCell({ value }: CellProps<HrvValue>) {
  if (value === null) return "–";
  const [ms, suspect] = value;
  return (
    <>
      <b>{ms}</b>
      <span className="text-[0.6875rem] text-ink-3"> ms</span>
      {suspect ? <Sub>{suspect}</Sub> : null}
    </>
  );
}

export function BaselineCell({ value }: CellProps<BandValue>) {
  return <BaselineGraphic value={value} />;
}

export function ZCell({ value }: CellProps<string | null>) {
  return value === null ? "–" : <b>{value}</b>;
}

export function NightsCell({ value, row, frame: { words } }: CellProps<NightsValue>) {
  if (value === null) return null;
  const [nights, mean7, hasBand, count, meanMs, episodes] = value;
  return (
    <>
      <Link href={`/athletes/${row.id}?days=90`} prefetch={false} tabIndex={-1} aria-hidden="true">
        <Sparkline spark={{ nights, mean7, hasBand, count, meanMs, episodes }} />
      </Link>
      <span className="sr-only">
        {words.spark.replace("{n}", String(count)).replace("{ms}", String(meanMs))}
      </span>
    </>
  );
}

export function TrendCell({ value }: CellProps<TrendValue>) {
  if (value === null) return "–";
  const [text, holds] = value;
  return holds ? <b>{text}</b> : <span className="text-ink-2">{text}</span>;
}

export function LoadCell({ value }: CellProps<LoadValue>) {
  return <LoadBars value={value} />;
}

/** A figure beside its difference from the athlete's usual. */
export function FigureCell({ value }: CellProps<FigureValue>) {
  if (value === null) return "–";
  const [figure, difference] = value;
  return (
    <>
      {figure}
      {difference ? <span className="text-ink-3"> {difference}</span> : null}
    </>
  );
}

export function RechargeCell({ value }: CellProps<RechargeValue>) {
  return value === null ? "–" : <Recharge value={value} />;
}

export function ReceivedCell({ value, row }: CellProps<string>) {
  return (
    <Link href={`/athletes/${row.id}#sync`} prefetch={false}>
      {value}
    </Link>
  );
}
