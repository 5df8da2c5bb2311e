import type { ReactNode } from "react";
import type { CellProps } from "./column";
import { ROLE } from "./roles";
import type { RowDisplay } from "./row-code";
import styles from "./squad.module.css";
import type { TableFrame } from "./table-frame";

/** What the browser needs of a column to draw it. */
export type ShownColumn = {
  id: string;
  figures?: true | undefined;
  /** Stands above the figure where rows are cards. */
  card?: string | undefined;
  /** Its value is that of the same column: both come from `columns.tsx`, which types them together. */
  Cell: (props: CellProps<never>) => ReactNode;
};

type SquadRowProps = {
  row: RowDisplay;
  columns: readonly ShownColumn[];
  late: boolean;
  frame: TableFrame;
};

/** One athlete of the squad table: about a dozen figures, each beside the athlete's own usual. */
export function SquadRow({ row, columns, late, frame }: SquadRowProps) {
  return (
    <tr className={styles.row} data-level={row.level} {...ROLE.row}>
      {columns.map(({ id, figures, card, Cell }) => {
        const cell = { value: row.cells[id] as never, row, frame, late };
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
