import Link from "next/link";
import { LevelGlyph } from "@/components/ui/level-glyph";
import { BaselineGraphic } from "./baseline-graphic";
import { CoachCell } from "./coach-cell";
import { LateSparkline } from "./late-sparkline";
import { ROLE } from "./roles";
import type { RowDisplay } from "./row-display";
import { LoadBars, Recharge } from "./row-graphics";
import { Sparkline } from "./sparkline";
import type { TableFrame } from "./table-frame";
import { WhyButton } from "./why-state";

type SquadRowProps = {
  row: RowDisplay;
  /** Far down the page: the sparkline waits for the script. */
  late: boolean;
  frame: TableFrame;
};

/** One athlete of the squad table: about a dozen figures, each beside the athlete's own usual. */
export function SquadRow({ row, late, frame }: SquadRowProps) {
  const { words } = frame;
  const href = `/athletes/${row.id}`;
  return (
    <tr className={`row level-${row.level} hover-row`} {...ROLE.row}>
      <td className="x" {...ROLE.cell}>
        {row.scored ? (
          <WhyButton athleteId={row.id} label={words.whyOf.replace("{name}", row.name)} word={words.why} />
        ) : null}
      </td>
      <th className="nm" scope="row" {...ROLE.rowHeader}>
        <Link href={href} prefetch={false}>
          {row.name}
        </Link>
        <span className="sub">{row.state}</span>
      </th>
      <td className="lv" {...ROLE.cell}>
        <span className={`chip chip-${row.level}${row.provisional ? " chip-provisional" : ""}`}>
          <LevelGlyph level={row.level} />
          <span>{row.word}</span>
        </span>
      </td>
      <td className="hv num" data-l={words.hrv} {...ROLE.cell}>
        <Reading row={row} />
      </td>
      <td className="bu" data-l={words.againstOwn} {...ROLE.cell}>
        <BaselineGraphic graphic={row.graphic} />
      </td>
      <td className="z num" {...ROLE.cell}>
        {row.z === null ? "–" : <b>{row.z}</b>}
      </td>
      <td className="sp" {...ROLE.cell}>
        <SparkCell spark={row.spark} late={late} href={`${href}?days=90`} words={words.spark} />
      </td>
      <td className="tr num" data-l={words.trend} {...ROLE.cell}>
        {row.trend ? <span className={row.trend.holds ? "strong" : "soft"}>{row.trend.text}</span> : "–"}
      </td>
      <td className="lo" data-l={words.loadPhone} {...ROLE.cell}>
        <LoadBars load={row.load} />
      </td>
      <td className="rh num" {...ROLE.cell}>
        <WithDifference pair={row.resting} />
      </td>
      <td className="sl num" {...ROLE.cell}>
        <WithDifference pair={row.sleep} />
      </td>
      <td className="re" {...ROLE.cell}>
        {row.recharge ? <Recharge recharge={row.recharge} /> : "–"}
      </td>
      <td className="rv num" {...ROLE.cell}>
        <Link href={`${href}#sync`} prefetch={false}>
          {row.received}
        </Link>
      </td>
      <td className="ak" {...ROLE.cell}>
        <CoachCell row={row} frame={frame} />
      </td>
    </tr>
  );
}

type SparkCellProps = { spark: RowDisplay["spark"]; late: boolean; href: string; words: string };

function SparkCell({ spark, late, href, words }: SparkCellProps) {
  if (!spark) return null;
  return (
    <>
      <Link href={href} prefetch={false} tabIndex={-1} aria-hidden="true">
        {late ? <LateSparkline spark={spark} /> : <Sparkline spark={spark} />}
      </Link>
      <span className="unseen">
        {words.replace("{n}", String(spark.count)).replace("{ms}", String(spark.meanMs))}
      </span>
    </>
  );
}

function Reading({ row }: { row: RowDisplay }) {
  if (row.hrv === null) return "–";
  return (
    <>
      <b>{row.hrv}</b>
      <span className="unit"> ms</span>
      {row.suspect ? <span className="sub">{row.suspect}</span> : null}
    </>
  );
}

function WithDifference({ pair }: { pair: readonly [string, string] | null }) {
  if (pair === null) return "–";
  const [value, difference] = pair;
  return (
    <>
      {value}
      {difference ? <span className="quiet"> {difference}</span> : null}
    </>
  );
}
