import { findMember, findTeam } from "@/db/queries/team";
import { sayIn } from "@/i18n/say";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import type { ConsentText } from "../consents/consent-text";
import { getSquad } from "../squads/get";
import { wordConsent } from "./word-consent";

/** What an athlete invited now would be asked. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function previewConsent(of: {
  ctx: Context;
  input: { squadId: string; locale: string };
}): Promise<{ squadName: string; text: ConsentText }> {
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
  const { squadId, locale } = of.input;
  const squad = await getSquad({ ctx: of.ctx, input: { squadId } });
  const [team, inviter] = await Promise.all([
    findTeam(of.ctx.db, teamId),
    findMember(of.ctx.db, { teamId, userId }),
  ]);
  if (!team || !inviter) throw new AppError("not-found", "This team is not there.");
  const athlete = { name: sayIn(locale, "consent")("somebody") };
  const occasion = { squad, teamName: team.name, inviter, athlete, invitation: { createdAt: of.ctx.now } };
  const { text } = await wordConsent(of.ctx, occasion, locale);
  return { squadName: squad.name, text };
}
