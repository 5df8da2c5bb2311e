import type { ReactNode } from "react";

/** Links of which one is the current, joined in one frame. */
export function Segments({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      className="inline-flex max-w-full overflow-x-auto rounded-button border border-line print:hidden [&>a+a]:border-line [&>a+a]:border-l [&>a[aria-current]]:bg-sub [&>a[aria-current]]:font-[550] [&>a[aria-current]]:text-ink [&>a]:flex [&>a]:min-h-7 [&>a]:items-center [&>a]:whitespace-nowrap [&>a]:px-2.5 [&>a]:py-0.5 [&>a]:text-ink-2 phone:[&>a]:min-h-10"
      aria-label={label}
    >
      {children}
    </nav>
  );
}
