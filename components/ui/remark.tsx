import type { ComponentProps } from "react";

/** A small paragraph beside figures. */
export function Remark({ className = "mb-2", ...rest }: ComponentProps<"p">) {
  return (
    <p
      className={`text-[0.75rem] text-ink-2 leading-[1.0625rem] phone:text-[0.875rem] phone:leading-[1.25rem] ${className}`}
      {...rest}
    />
  );
}
