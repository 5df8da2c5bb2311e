import { listOpenTeamLinks } from "@/db/queries/links";
import { findTeam, listMembers } from "@/db/queries/team";
import type { Context, Role } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";

export type TeamView = {
  name: string;
  members: { userId: string; name: string | null; email: string; role: Role }[];
  invited: { email: string; role: Role; expiresAt: Date }[];
  you: { userId: string; role: Role };
};

/** Who is on the caller's team and who is invited. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewTeam(of: { ctx: Context }): Promise<TeamView> {
  const { teamId, userId, role } = requireCoach(of.ctx, "viewer");
  const { db, now } = of.ctx;
  const [team, members, links] = await Promise.all([
    findTeam(db, teamId),
    listMembers(db, { teamId }),
    listOpenTeamLinks(db, { teamId, now }),
  ]);
  if (!team) throw new AppError("not-found", "This team is not there.");
  const invited = links.flatMap(({ email, role: as, expiresAt }) =>
    email && as ? [{ email, role: as, expiresAt }] : [],
  );
  return { name: team.name, members, invited, you: { userId, role } };
}
