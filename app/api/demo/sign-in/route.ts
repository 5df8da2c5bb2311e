import { signInAs } from "@/app/api/auth/sign-in-as";
import { visitorContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { env } from "@/lib/env";
import { createTeam } from "@/lib/services/team/members";
import { demoCoach } from "@/lib/services/team/sign-in";

/** One-click sign-in as the invented coach; there is no such thing beside a real Polar. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  if (env().mode !== "demonstration") return new Response("Not found\n", { status: 404 });
  const { name, email, teamName } = demoCoach;
  const input = { teamName, ownerName: name, ownerEmail: email };
  const { userId } = await createTeam({ ctx: await visitorContext(), input });
  return signInAs(userId);
}
