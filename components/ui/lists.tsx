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

/** The few figures that matter most, each below its name: `dt` and `dd` in a `div` each. */
export function Figures({ className = "", children }: ListProps) {
  return (
    <dl
      className={`flex flex-wrap gap-x-5.5 gap-y-1.5 phone:grid phone:w-full phone:grid-cols-[repeat(3,auto)] [&_dd]:font-semibold [&_dd]:text-[0.875rem] [&_dd]:leading-[1.125rem] [&_dt]:font-medium [&_dt]:text-ink-3 [&_dt]:text-label ${className}`.trimEnd()}
    >
      {children}
    </dl>
  );
}

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
