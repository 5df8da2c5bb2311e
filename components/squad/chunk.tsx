"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ROLE } from "./roles";

const ROWS = 20;
const ROW_HEIGHT = 37;
const NEAR = "1200px 0px";

/** Cuts a long list into chunks that come and go; a short one stays whole. */
export function chunksOf<T>(rows: readonly T[], isLong: boolean): T[][] {
  if (rows.length === 0) return [];
  const size = isLong ? ROWS : rows.length;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  );
}

type ChunkProps = {
  rows: number;
  /** The list is short enough to be there whole. */
  always: boolean;
  /** Comes with the page. */
  first: boolean;
  children: ReactNode;
};

/** Rows that are in the page while the window is near them, and on paper; otherwise a space of the same height. */
export function Chunk({ rows, always, first, children }: ChunkProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRef(rows * ROW_HEIGHT);
  const [near, setNear] = useState(always || first);

  useEffect(() => {
    const element = body.current;
    if (always || !element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry && !entry.isIntersecting && element.offsetHeight > 0) height.current = element.offsetHeight;
        setNear(entry?.isIntersecting ?? true);
      },
      { rootMargin: NEAR },
    );
    observer.observe(element);
    const show = () => flushSync(() => setNear(true));
    window.addEventListener("beforeprint", show);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", show);
    };
  }, [always]);

  return (
    <tbody ref={body} {...ROLE.group}>
      {near ? (
        children
      ) : (
        <tr {...ROLE.row}>
          <td style={{ height: height.current }} {...ROLE.cell} />
        </tr>
      )}
    </tbody>
  );
}
