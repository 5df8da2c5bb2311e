import type { ComponentProps, ReactNode } from "react";

type Pad = "words" | "even" | "none";

const PADS = { words: "px-3.5 py-3", even: "p-3", none: "" } satisfies Record<Pad, string>;

type CardProps = Omit<ComponentProps<"section">, "title"> & {
  as?: "section" | "figure" | "li" | "details" | "fieldset";
  pad?: Pad;
  title?: ReactNode;
  /** The id of the title, which then names the card. */
  titleId?: string;
};

/** What belongs together, inside of one border, with an optional heading. */
export function Card({
  as = "section",
  pad = "words",
  title,
  titleId,
  className = "",
  children,
  ...rest
}: CardProps) {
  const Tag = as as "section";
  return (
    <Tag
      className={`rounded-card border border-line bg-surface ${PADS[pad]} ${className}`.trimEnd()}
      aria-labelledby={titleId}
      {...rest}
    >
      {title ? (
        <h2 id={titleId} className="mb-1.5">
          {title}
        </h2>
      ) : null}
      {children}
    </Tag>
  );
}

type NoticeProps = { role?: "status" | "alert" | "note"; className?: string; children: ReactNode };

/** A boxed remark: what happened, and what to do next. */
export function Notice({ role = "status", className = "", children }: NoticeProps) {
  return (
    <div
      className={`rounded-card border border-line-strong bg-surface px-3.5 py-2.5 ${className}`.trimEnd()}
      role={role}
    >
      {children}
    </div>
  );
}

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

/** A small paragraph beside figures. */
export function Remark({ className = "mb-2", ...rest }: ComponentProps<"p">) {
  return (
    <p
      className={`text-[0.75rem] text-ink-2 leading-[1.0625rem] phone:text-[0.875rem] phone:leading-[1.25rem] ${className}`}
      {...rest}
    />
  );
}

type Ground = "none" | "sub";

const GROUNDS = { none: "", sub: "rounded-chip bg-sub px-[5px] py-px" } satisfies Record<Ground, string>;

/** A path, an address or a value, letter for letter. */
export function Code({ ground = "none", children }: { ground?: Ground; children: ReactNode }) {
  return (
    <code
      className={`wrap-anywhere font-code text-[0.75rem] leading-[1.0625rem] ${GROUNDS[ground]}`.trimEnd()}
    >
      {children}
    </code>
  );
}
