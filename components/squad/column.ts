import type { ReactNode } from "react";
import type { Section } from "@/lib/alerts/morning";
import type { CsvCell } from "@/lib/csv";
import type { Level } from "@/lib/readiness/types";
import type { SquadRow } from "@/lib/services/squads/row";
import type { SquadView } from "@/lib/services/squads/view-model";
import type { RowWords } from "./cell-values";
import type { TableFrame } from "./table-frame";

/** What a cell is drawn from. It travels as JSON with every row: keep it small, and write a tuple rather than an object. */
export type CellValue =
  | string
  | number
  | boolean
  | null
  | readonly CellValue[]
  | { readonly [key: string]: CellValue };

/** What every cell of a row may use besides its own value. */
export type RowBase = { id: string; name: string; section: Section; level: Level; scored: boolean };

export type CellProps<Value> = {
  value: Value;
  row: RowBase;
  frame: TableFrame;
};

type Order = "ascending" | "descending";

/** What stands above a column, and the address of the list in its order. */
export type ColumnHead = {
  word: string;
  /** Read out, not shown. */
  isUnseen?: true;
  title?: string;
  note?: string;
  widthPx: number;
  href?: string;
  /** The list is in this order. */
  sorted?: Order;
};

/** A column of the squad table, `Value` being what its cell is drawn from. */
type Of<Value> = {
  /** Figures stand under one another. */
  figures?: true;
  widthPx: number;
  /** When the window narrows: 1 leaves first. Without it the column stays. */
  leaves?: number;
  paper?: "left out";
  /** `key` names the order in the address; it is the column's id unless it says otherwise. */
  sort?: { key?: "attention"; order: Order; compare: (a: SquadRow, b: SquadRow) => number };
  /** Shows only once this holds for the squad's rows, filtered or not. */
  since?: (rows: readonly SquadRow[]) => boolean;
  /** The head is read out, not shown. */
  head?: "unseen";
  value: (row: SquadRow, words: RowWords) => NoInfer<Value>;
  /** From a module of the browser's: this table stays on the server, and the page is handed the cells it needs. */
  Cell: (props: CellProps<Value>) => ReactNode;
  /** Its columns in the CSV, by heading; the file has all of them, whatever is hidden. */
  csv: Readonly<Record<string, (row: SquadRow, view: SquadView) => CsvCell>>;
};

type Untyped = Omit<Of<never>, "value"> & { value: (row: SquadRow, words: RowWords) => CellValue };

/** Always shown: who it is, how it stands, what to do. */
export type FixedColumn = Untyped & { choice: "fixed" };

/** A coach may hide it. */
export type OpenColumn = Untyped & { choice: "open" };

export type Column = FixedColumn | OpenColumn;

/** A column that every coach sees. */
export function fixedColumn<Value extends CellValue>(of: Of<Value>): FixedColumn {
  return { ...of, choice: "fixed" };
}

/** A column that coaches may hide in their browser. */
export function openColumn<Value extends CellValue>(of: Of<Value>): OpenColumn {
  return { ...of, choice: "open" };
}
