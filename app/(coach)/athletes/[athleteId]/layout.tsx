import type { ReactNode } from "react";
import { type AthleteParams, athleteOf } from "../../address";
import { SquadFrame } from "../../squad-frame";

export default async function AthleteLayout({ params, children }: AthleteParams & { children: ReactNode }) {
  const { athleteId } = await params;
  const find = async () => (await athleteOf(athleteId)).squad;
  return (
    <SquadFrame find={find} still={["body", "readings", "with", "workouts"]}>
      {children}
    </SquadFrame>
  );
}
