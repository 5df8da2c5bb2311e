"use client";

import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from "react";

type Words = { text: string; left: number; top: number };

/** Arrow keys move between the cells of the grid inside; only the cell last visited is a tab stop. A visited cell says what it holds. */
export function GridKeys({ children }: { children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [words, setWords] = useState<Words | null>(null);

  // The newest day is what a coach comes for.
  useEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);

  function onKey(event: KeyboardEvent) {
    const link = (event.target as HTMLElement).closest<HTMLElement>("td a");
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!link || !step) return;
    const next = neighbour(link, step[0]!, step[1]!);
    if (!next) return;
    event.preventDefault();
    link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  function tell(event: SyntheticEvent) {
    const link = (event.target as HTMLElement).closest<HTMLElement>("td a");
    if (!link) return setWords(null);
    const place = link.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, window.innerWidth - 420));
    setWords({ text: link.getAttribute("aria-label") ?? "", left, top: place.top - 24 });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside holds the focusable cells
    <section
      ref={box}
      className="relative mx-(--margin) overflow-x-auto rounded-card border border-line bg-surface px-3 pt-1.5 pb-2 phone:mx-0 phone:rounded-none phone:border-x-0 phone:py-1.5 phone:pr-2 phone:pl-0 print:m-0 print:border-0 print:p-0"
      onKeyDown={onKey}
      onPointerOver={tell}
      onFocus={tell}
      onPointerLeave={() => setWords(null)}
      onBlur={() => setWords(null)}
    >
      {children}
      {words ? (
        <span
          className="pointer-events-none fixed z-10 whitespace-nowrap rounded-chip border border-line-strong bg-surface px-2 py-0.5 text-cell"
          style={{ left: words.left, top: words.top }}
          aria-hidden="true"
        >
          {words.text}
        </span>
      ) : null}
    </section>
  );
}

function neighbour(link: HTMLElement, down: number, across: number): HTMLElement | null {
  const cell = link.closest("td");
  const row = cell?.parentElement as HTMLTableRowElement | null;
  if (!cell || !row) return null;
  const rows = [...(row.parentElement?.children ?? [])] as HTMLTableRowElement[];
  const target = rows[rows.indexOf(row) + down]?.cells[cell.cellIndex + across];
  return target?.querySelector<HTMLElement>("a") ?? null;
}
