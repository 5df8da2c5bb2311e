import Link from "next/link";
import type { ComponentProps } from "react";

type Kind = "primary" | "default" | "plain";
type Size = "default" | "small";
type Look = { kind?: Kind; size?: Size };

const FRAME =
  "inline-flex w-(--button-width) cursor-pointer items-center justify-center gap-1.5 rounded-(--button-radius) border font-medium [white-space:var(--button-wrap)] disabled:cursor-not-allowed disabled:border-line disabled:bg-sub disabled:text-ink-3 motion-safe:[transition:background-color_80ms_linear]";

const KINDS = {
  default:
    "border-line-strong bg-surface text-ink hover:bg-hover aria-pressed:border-ink-3 aria-pressed:bg-sub",
  primary: "border-(--button) bg-(--button) text-(--button-ink)",
  plain: "border-transparent text-ink-2 hover:bg-hover",
} satisfies Record<Kind, string>;

const SIZES = {
  default: "min-h-(--target) p-(--button-pad) text-(length:--control-size)",
  small:
    "min-h-(--target-small) p-(--button-pad-small) text-(length:--control-size-small) leading-[1.125rem]",
} satisfies Record<Size, string>;

function classesOf({ kind = "default", size = "default" }: Look, more = ""): string {
  return `${FRAME} ${KINDS[kind]} ${SIZES[size]} ${more}`.trimEnd();
}

/** A button; inside of a form it submits unless `type` says otherwise. */
export function Button({ kind, size, className, ...rest }: ComponentProps<"button"> & Look) {
  return <button className={classesOf({ kind, size }, className)} {...rest} />;
}

/** A page of the product behind what looks like a button. */
export function ButtonLink({ kind, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={classesOf({ kind, size }, className)} {...rest} />;
}

/** A file, or a place on the same page, behind what looks like a button. */
export function ButtonAnchor({ kind, size, className, ...rest }: ComponentProps<"a"> & Look) {
  return <a className={classesOf({ kind, size }, className)} {...rest} />;
}

/** A button that opens what is folded below it. */
export function ButtonSummary({ kind, size, className, ...rest }: ComponentProps<"summary"> & Look) {
  return <summary className={classesOf({ kind, size }, className)} {...rest} />;
}
