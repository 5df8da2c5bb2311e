import { findStandingConsent } from "@/db/queries/consents";
import type { Context } from "../../context";
import { requireOwn } from "../athlete-page/require-own";
import { addedStreams } from "./widening";

/**
 * What the athlete agreed to, word for word, undefined when nothing stands; and whether the squad asks for more by now.
 * Athletes only. @throws AppError `not-signed-in`
 */
export async function viewConsent(of: { ctx: Context }) {
  const { squad, who } = await requireOwn(of.ctx);
  const consent = await findStandingConsent(of.ctx.db, who);
  const asksForMore = consent !== undefined && addedStreams(squad.optionalStreams, consent).length > 0;
  return { consent, timeZone: squad.timeZone, asksForMore };
}
