import type { Context } from "@/lib/context";
import { createSquad, listSquads } from "@/lib/services/squads/manage";
import { createTeam } from "@/lib/services/team/members";
import { demoCoach } from "@/lib/services/team/sign-in";

const SQUAD_NAME = "Fjordline distance squad";

/** The demonstration's coach, as a context to act in. */
export async function actAsDemoCoach(ctx: Context): Promise<Context> {
  const { teamId, userId } = await createTeam({
    ctx,
    input: { teamName: demoCoach.teamName, ownerName: demoCoach.name, ownerEmail: demoCoach.email },
  });
  return { ...ctx, teamId, actor: { kind: "coach", userId, role: "owner" } };
}

/** The demonstration squad, made when it is not there. */
export async function demoSquad(ctx: Context, timeZone: string): Promise<{ squadId: string }> {
  const known = (await listSquads({ ctx })).find((squad) => squad.name === SQUAD_NAME);
  if (known) return { squadId: known.id };
  return createSquad({ ctx, input: { name: SQUAD_NAME, timeZone, preset: "brief" } });
}
