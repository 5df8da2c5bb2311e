import type { ReactNode } from "react";
import { type SquadParams, squadOf } from "../../address";
import { SquadFrame } from "../../squad-frame";

export default async function SquadLayout({ params, children }: SquadParams & { children: ReactNode }) {
  const { squadId } = await params;
  return (
    <SquadFrame find={() => squadOf(squadId)} still={["alerts", "athletes", "settings"]}>
      {children}
    </SquadFrame>
  );
}
