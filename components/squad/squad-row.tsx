import type { ReactNode } from "react";
import type { CellProps, ColumnHead } from "./column";
import { ROLE } from "./roles";
import type { RowDisplay } from "./row-code";
import styles from "./squad.module.css";
import type { TableFrame } from "./table-frame";

/** What the browser needs of a column to draw it. */
export type ShownColumn = {
  id: string;
  figures?: true | undefined;
  head: ColumnHead;
  /** Stands above the figure where rows are cards. */
  card?: string | undefined;
  /** Its value is that of the same column: both come from `columns.tsx`, which types them together. */
  Cell: (props: CellProps<never>) => ReactNode;
};

type SquadRowProps = {
  row: RowDisplay;
  columns: readonly ShownColumn[];
  frame: TableFrame;
};

/** One athlete of the squad table: about a dozen figures, each beside the athlete's own usual. */
export function SquadRow({ row, columns, frame }: SquadRowProps) {
  return (
    <tr className={styles.row} data-level={row.level} {...ROLE.row}>
      {columns.map(({ id, figures, card, Cell }) => {
        const cell = { value: row.cells[id] as never, row, frame };
        return id === "name" ? (
          <th key={id} data-column={id} scope="row" {...ROLE.rowHeader}>
            <Cell {...cell} />
          </th>
        ) : (
          <td key={id} className={figures && "num"} data-column={id} data-card={card} {...ROLE.cell}>
            <Cell {...cell} />
          </td>
        );
      })}
    </tr>
  );
}
