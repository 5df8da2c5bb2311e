import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type Look = "words" | "small" | "round";
type Side = "start" | "end";

const LOOKS = {
  words: "min-h-(--target) gap-1.5 rounded-button px-2 py-1 font-medium whitespace-nowrap",
  small:
    "min-h-(--target) cursor-pointer gap-1.5 rounded-button bg-surface px-2 py-1 font-medium text-[0.75rem] leading-[1.125rem] whitespace-nowrap hover:bg-hover",
  round:
    "size-7 justify-center rounded-full bg-sub font-semibold text-[0.625rem] text-ink-2 phone:size-10 phone:text-[0.75rem]",
} satisfies Record<Look, string>;

const SIDES = { start: "left-0", end: "right-0" } satisfies Record<Side, string>;

type MenuProps = Omit<ComponentProps<"details">, "summary"> & {
  summary: ReactNode;
  label?: string;
  look?: Look;
  /** Which edge of the button the menu hangs from. */
  side?: Side;
};

/** What opens below a button. Works without scripts. */
export function Menu({ summary, label, look = "words", side = "start", className = "", ...rest }: MenuProps) {
  const { children, ...attributes } = rest;
  return (
    <details className={`relative ${className}`.trimEnd()} {...attributes}>
      <summary
        className={`flex list-none items-center border border-line [&::-webkit-details-marker]:hidden ${LOOKS[look]}`}
        aria-label={label}
      >
        {summary}
      </summary>
      <div
        className={`absolute top-[calc(100%+6px)] z-20 min-w-55 rounded-card border border-line-strong bg-surface p-2 ${SIDES[side]}`}
      >
        {children}
      </div>
    </details>
  );
}

type Place = "among" | "apart";

const ITEM =
  "block w-full px-2 py-[5px] text-left hover:bg-hover aria-[current=true]:font-[550] phone:px-2.5 phone:py-[11px]";

const PLACES = {
  among: "rounded-chip",
  apart: "mt-1 border-t border-line",
} satisfies Record<Place, string>;

/** A way out of a menu; `apart`: below a line. */
export function MenuLink({ place = "among", ...rest }: ComponentProps<typeof Link> & { place?: Place }) {
  return <Link className={`${ITEM} ${PLACES[place]}`} {...rest} />;
}

/** What a menu does. */
export function MenuButton(props: ComponentProps<"button">) {
  return <button type="submit" className={`${ITEM} ${PLACES.among}`} {...props} />;
}
