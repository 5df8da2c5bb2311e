import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type Look = { kind?: "primary" | "default" | "plain"; size?: "default" | "small" };

function classesOf({ kind = "default", size = "default" }: Look, more = ""): string {
  const parts = [
    "button",
    kind === "default" ? "" : `button-${kind}`,
    size === "small" ? "button-small" : "",
    more,
  ];
  return parts.filter(Boolean).join(" ");
}

/** A button; inside of a form it submits unless `type` says otherwise. */
export function Button({ kind, size, className, ...rest }: ComponentProps<"button"> & Look) {
  return <button className={classesOf({ kind, size }, className)} {...rest} />;
}

/** A link that looks like a button. `external` pages are plain anchors. */
export function ButtonLink(
  props: { href: string; children: ReactNode; className?: string; prefetch?: false } & Look,
) {
  const { kind, size, className, ...rest } = props;
  return <Link className={classesOf({ kind, size }, className)} {...rest} />;
}
