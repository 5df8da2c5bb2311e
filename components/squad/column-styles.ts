import { type ColumnId, columnOf } from "./columns";

/** Below it rows are cards, which have places of their own. */
const CARDS_UNTIL_PX = 900;

/** Margins of the page and the border of the table. */
const BESIDE_PX = 51;

/**
 * The style sheet of these columns: each goes where the widths of all that are left no longer fit into the window, or on
 * the paper, which has no margins of the page. It depends on which columns there are, so it comes with the page.
 */
export function columnStyles(ids: readonly ColumnId[]): string {
  const onPaper = ids.filter((id) => columnOf(id).paper !== "left out");
  const leftOut = ids.filter((id) => !onPaper.includes(id));
  return [
    ...leavingRules(ids, { medium: `screen and (min-width:${CARDS_UNTIL_PX + 1}px)`, besidePx: BESIDE_PX }),
    ...leavingRules(onPaper, { medium: "print", besidePx: 0 }),
    `@media print{${hide(leftOut)}}`,
  ].join("");
}

function leavingRules(ids: readonly ColumnId[], of: { medium: string; besidePx: number }): string[] {
  const steps = [...new Set(ids.flatMap((id) => columnOf(id).leaves ?? []))].sort((a, b) => a - b);
  return steps.map((step) => {
    const left = ids.filter((id) => (columnOf(id).leaves ?? Number.POSITIVE_INFINITY) >= step);
    const widthPx = left.reduce((sum, id) => sum + columnOf(id).widthPx, of.besidePx);
    const leaving = left.filter((id) => columnOf(id).leaves === step);
    return `@media ${of.medium} and (max-width:${widthPx}px){${hide(leaving)}}`;
  });
}

/** A column's cells, its head and its width all name it. */
function hide(ids: readonly ColumnId[]): string {
  if (ids.length === 0) return "";
  return `${ids.map((id) => `[data-column=${id}]`).join()}{display:none}`;
}
