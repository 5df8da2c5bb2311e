import { type RefObject, useEffect, useState } from "react";

/**
 * How many columns the window has room for: a cell that spans more of them would add empty ones.
 * @param most as many as there are without looking at the window
 */
export function useVisibleColumns(table: RefObject<HTMLTableElement | null>, most: number): number {
  const [columns, setColumns] = useState(most);
  useEffect(() => {
    const count = () => {
      const heads = [...(table.current?.tHead?.rows[0]?.cells ?? [])];
      // As cards on a phone the table has no heads, and nothing spans.
      setColumns(heads.filter((head) => head.offsetWidth > 0).length || most);
    };
    count();
    window.addEventListener("resize", count);
    return () => window.removeEventListener("resize", count);
  }, [table, most]);
  return columns;
}
