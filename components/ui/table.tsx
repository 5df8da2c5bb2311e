import type { ComponentProps } from "react";

/** Rows of figures and words; its caption is heard, not seen. */
export function Table({
  caption,
  className = "",
  children,
  ...rest
}: ComponentProps<"table"> & { caption: string }) {
  return (
    <table className={`rows ${className}`.trimEnd()} {...rest}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}
