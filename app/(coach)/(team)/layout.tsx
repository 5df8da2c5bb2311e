import type { ReactNode } from "react";
import { Foot } from "@/components/shell/foot";
import { Main } from "@/components/shell/top";
import { CoachHeader } from "../coach-header";

/** The pages of the whole team: its squads, its members, its operation. */
export default function TeamLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <CoachHeader />
      <Main>
        {children}
        <Foot />
      </Main>
    </>
  );
}
