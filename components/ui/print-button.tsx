"use client";

/** Prints the page as it stands. */
export function PrintButton({ children }: { children: string }) {
  return (
    <button type="button" className="button no-print wide-only" onClick={() => window.print()}>
      {children}
    </button>
  );
}
