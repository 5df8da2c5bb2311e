import type { ReactNode } from "react";

type CardProps = { title?: ReactNode; label?: string; className?: string; children: ReactNode };

/** A bordered section with an optional heading. */
export function Card({ title, label, className = "", children }: CardProps) {
  return (
    <section className={`card p-3 ${className}`} aria-label={label}>
      {title ? <h2 className="mb-1.5">{title}</h2> : null}
      {children}
    </section>
  );
}

/** A boxed remark: what happened, and what to do next. */
export function Notice({
  children,
  role = "status",
}: {
  children: ReactNode;
  role?: "status" | "alert" | "note";
}) {
  return (
    <div className="notice" role={role}>
      {children}
    </div>
  );
}
