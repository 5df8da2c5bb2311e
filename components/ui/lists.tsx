import type { ComponentProps, ReactNode } from "react";

/** Names and values in two columns, from `dt` and `dd`. */
export function Facts({ className = "grid-cols-[72px_minmax(0,1fr)]", children }: ListProps) {
  return (
    <dl
      className={`my-2 grid gap-x-2 text-[0.75rem] leading-[1.0625rem] phone:text-[0.875rem] phone:leading-[1.25rem] [&>dt]:text-ink-3 ${className}`}
    >
      {children}
    </dl>
  );
}

type ListProps = { className?: string; children: ReactNode };

/** Dated entries below one another, a hairline between them. */
export function Entries(props: ComponentProps<"ul">) {
  return (
    <ul
      className="[&>li]:border-line [&>li]:border-b [&>li]:py-1.5 [&>li]:text-[0.75rem] [&>li]:leading-[1.0625rem] phone:[&>li]:text-[0.875rem] phone:[&>li]:leading-[1.25rem]"
      {...props}
    />
  );
}

/** The small line below a name or a figure. */
export function Sub({ className = "", children }: ListProps) {
  return (
    <span
      className={`block font-normal text-[0.6875rem] text-ink-3 leading-[0.8125rem] ${className}`.trimEnd()}
    >
      {children}
    </span>
  );
}
