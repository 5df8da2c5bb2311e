import type { ReactNode } from "react";
import { Brand } from "./brand";

/** The bar above a page; `home` is where the product's name leads. */
export function Top({ home, children }: { home: string; children?: ReactNode }) {
  return (
    <header className="flex min-h-12 items-center gap-5 border-line border-b bg-surface px-(--margin) phone:flex-wrap phone:gap-x-2.5 phone:gap-y-0 print:hidden">
      <Brand href={home} />
      {children}
    </header>
  );
}

/** The part of a page below the bar, as wide as its tables need. */
export function Main({ children }: { children: ReactNode }) {
  return (
    <main id="content" className="mx-auto max-w-[1680px]">
      {children}
    </main>
  );
}
