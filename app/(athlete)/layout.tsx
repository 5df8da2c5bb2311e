import type { ReactNode } from "react";

export default function AthleteLayout({ children }: { children: ReactNode }) {
  return children;
}
