"use client";

import { Fragment, type ReactNode, useMemo, useRef } from "react";
import type { Section } from "@/lib/alerts/morning";
import { Chunk, chunksOf } from "./chunk";
import { ALL_AT_ONCE, WITH_PAGE } from "./long-list";
import { ROLE } from "./roles";
import { decodeRows, type RowDisplay } from "./row-code";
import styles from "./squad.module.css";
import { SquadHead } from "./squad-head";
import { type ShownColumn, SquadRow } from "./squad-row";
import type { TableFrame } from "./table-frame";
import { useVisibleColumns } from "./visible-columns";
import { PrintButton, WhyRow, WhyTable } from "./why-state";

export type SectionDisplay = { section: Section; title: string; text: string };

type SquadTableProps = {
  /** All rows as `encodeRows` writes them. */
  rows: string;
  sections: readonly SectionDisplay[];
  frame: TableFrame;
  /** Reasons that came with the page, by athlete; the first stands open. */
  panels: Readonly<Record<string, ReactNode>>;
  loadWhy: (athleteId: string) => Promise<ReactNode>;
  caption: string;
  /** From left to right, without what is hidden. */
  columns: readonly ShownColumn[];
};

/** The squad by sections of attention. */
export function SquadTable({
  sections,
  frame,
  panels,
  loadWhy,
  caption,
  columns,
  ...given
}: SquadTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const span = useVisibleColumns(table, columns.length);
  const rows = useMemo(() => decodeRows(given.rows), [given.rows]);
  return (
    <WhyTable initiallyOpen={Object.keys(panels).slice(0, 1)} load={loadWhy}>
      <div className="mx-(--margin) overflow-x-clip rounded-card border border-line bg-surface in-[main:has([aria-busy=true])]:opacity-55 in-[main:has([aria-busy=true])]:[transition:opacity_0s_300ms] phone:border-0 phone:bg-transparent print:m-0 print:border-0">
        <table
          ref={table}
          className={`${styles.table} table-fixed phone:block phone:[&>tbody]:block`}
          {...ROLE.table}
        >
          <SquadHead caption={caption} columns={columns} />
          {sections.map((section) => {
            const own = rows.filter((row) => row.section === section.section);
            const chunks = chunksOf(own, rows.length > ALL_AT_ONCE);
            return chunks.map((chunk, i) => (
              <Chunk
                key={`${section.section}-${chunk[0]?.id}`}
                rows={chunk.length}
                always={rows.length <= ALL_AT_ONCE}
                first={rows.indexOf(chunk[0]!) < WITH_PAGE}
              >
                {i === 0 ? <SectionHead {...section} span={span} /> : null}
                {chunk.map((row) => (
                  <RowWithWhy
                    key={row.id}
                    row={row}
                    frame={frame}
                    panel={panels[row.id]}
                    columns={columns}
                    span={span}
                  />
                ))}
              </Chunk>
            ));
          })}
        </table>
      </div>
      <div className="flex justify-end px-(--margin) pt-2 print:hidden">
        <PrintButton
          athleteIds={rows.filter((row) => row.section === "look").map((row) => row.id)}
          word={frame.words.print}
        />
      </div>
    </WhyTable>
  );
}

type RowWithWhyProps = {
  row: RowDisplay;
  frame: TableFrame;
  panel: ReactNode;
  columns: readonly ShownColumn[];
  span: number;
};

function RowWithWhy({ row, frame, panel, columns, span }: RowWithWhyProps) {
  return (
    <Fragment>
      <SquadRow row={row} columns={columns} frame={frame} />
      {row.scored ? (
        <WhyRow athleteId={row.id} columns={span} wait={frame.words.wait} listed={row.section === "look"}>
          {panel}
        </WhyRow>
      ) : null}
    </Fragment>
  );
}

/** The line above a section: how many, and what its athletes have in common. */
function SectionHead({ title, text, span }: SectionDisplay & { span: number }) {
  return (
    <tr className="phone:mt-3 phone:mb-1.5 phone:block" {...ROLE.row}>
      <th
        className="border-line border-b bg-page px-1.5 pt-2 pb-1 pl-3 font-semibold text-ink-2 phone:block phone:border-0 phone:bg-transparent phone:p-0 phone:text-[0.8125rem] phone:leading-[1.125rem]"
        colSpan={span}
        scope="rowgroup"
        {...ROLE.rowHeader}
      >
        {title}
        <span className="ml-2 font-normal text-ink-3">{text}</span>
      </th>
    </tr>
  );
}
