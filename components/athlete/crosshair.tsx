"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";

type CrosshairProps = {
  label: string;
  dates: readonly string[];
  words: readonly string[];
  selected: string;
  /** Address of the page without its day. */
  href: string;
  children: ReactNode;
};

const GUTTER = 40;

/** A line across all lanes that follows the pointer or the arrow keys; a click or Enter opens that day's evidence. */
export function Crosshair({ label, dates, words, selected, href, children }: CrosshairProps) {
  const router = useRouter();
  const area = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const current = at ?? Math.max(0, dates.indexOf(selected));

  function indexAt(event: PointerEvent): number {
    const box = area.current?.getBoundingClientRect();
    if (!box) return current;
    const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER);
    return Math.max(0, Math.min(dates.length - 1, Math.floor(share * dates.length)));
  }

  function open(index: number) {
    router.push(`${href}${href.includes("?") ? "&" : "?"}day=${dates[index]}`, { scroll: false });
  }

  function onKey(event: KeyboardEvent) {
    const step = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: -7,
      PageDown: 7,
      Home: -dates.length,
      End: dates.length,
    }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(dates.length - 1, current + step)));
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(current);
    }
  }

  const left = `calc(${GUTTER}px + (100% - ${GUTTER}px) * ${(current + 0.5) / dates.length})`;
  return (
    <div
      ref={area}
      className="relative cursor-crosshair"
      onPointerMove={(event) => setAt(indexAt(event))}
      onPointerLeave={() => setAt(null)}
      onClick={(event) => open(indexAt(event as unknown as PointerEvent))}
      onKeyDown={onKey}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={dates.length - 1}
      aria-valuenow={current}
      aria-valuetext={words[current]}
    >
      {children}
      {at === null ? null : (
        <>
          <span className="pointer-events-none absolute top-[18px] bottom-0 w-px bg-ink-3" style={{ left }} />
          <span
            className={`pointer-events-none absolute top-4 whitespace-nowrap rounded-chip border border-line-strong bg-surface px-2 py-0.5 text-cell ${current > dates.length / 2 ? "-ml-2 -translate-x-full" : "ml-2"}`}
            style={{ left }}
          >
            {words[current]}
          </span>
        </>
      )}
    </div>
  );
}
