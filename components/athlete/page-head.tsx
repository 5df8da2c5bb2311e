import Link from "next/link";
import type { ReactNode } from "react";

type PageHeadProps = { athlete: { id: string; name: string }; title: ReactNode; children?: ReactNode };

/** The head of a page below an athlete's: the way back, the title, and what stands beside it. */
export function PageHead({ athlete, title, children }: PageHeadProps) {
  return (
    <HeadLine>
      <Link className="text-ink-3" href={`/athletes/${athlete.id}`}>
        {athlete.name}
      </Link>
      <span className="text-ink-3" aria-hidden="true">
        /
      </span>
      <h1>{title}</h1>
      {children}
    </HeadLine>
  );
}

/** The line above an athlete's page and the pages below it. */
export function HeadLine({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2 px-(--margin) pt-4 pb-3">{children}</div>
  );
}
