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
