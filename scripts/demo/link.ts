import type { Context } from "@/lib/context";
import { inviteAthlete, resendInvitation } from "@/lib/services/invitations/invite";
import type { SimulatedAthlete } from "./simulator";

const GROUPS = ["Road", "Track", "Trail"] as const;

/** A fresh invitation link: the first one, or another one for somebody who was invited and did not arrive. */
export async function linkFor(
  ctx: Context,
  input: { squadId: string; athlete: SimulatedAthlete; athleteId: string | undefined; place: number },
): Promise<string> {
  const { squadId, athlete, athleteId } = input;
  if (athleteId) return (await resendInvitation({ ctx, input: { athleteId } })).link;
  const name = `${athlete.firstName} ${athlete.lastName}`;
  const groupName = GROUPS[input.place % GROUPS.length];
  return (await inviteAthlete({ ctx, input: { squadId, name, email: athlete.email, groupName } })).link;
}
