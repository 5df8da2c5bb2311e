import type { ReactNode } from "react";
import "@/components/athlete-self/athlete-self.css";

export default function AthleteLayout({ children }: { children: ReactNode }) {
  return children;
}
