"use client";

import { Button } from "./controls";

/** Prints the page as it stands. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button type="button" className="phone:hidden print:hidden" onClick={() => window.print()}>
      {children}
    </Button>
  );
}
