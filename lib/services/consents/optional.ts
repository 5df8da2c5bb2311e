import { z } from "zod";
import { listStandingConsents } from "@/db/queries/consents";
import { findSquad, updateSquad } from "@/db/queries/squads";
import { markSquadStreamsDue, restSquadStreams } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { STREAMS, type StreamId } from "@/lib/providers/polar/streams";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan, requireId } from "@/lib/services/access/require";

/** The streams that a squad asks for only if it chooses to, in the order of syncing. */
const OPTIONAL_STREAMS = STREAMS.filter((stream) => stream.choice === "optional");
const OPTIONAL_IDS = OPTIONAL_STREAMS.map((stream) => stream.id);

export type OptionalStream = {
  stream: StreamId;
  /** Key of its title in the consent text. */
  consentKey: string;
  isAsked: boolean;
  /** Names of those who agreed to it, in the order of the alphabet. Whether the others said no is theirs to tell. */
  agreed: string[];
  /** Athletes of the squad who share anything. */
  of: number;
};

/** What a squad may ask for beside the default kinds of data, and who agreed. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function viewOptionalStreams(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<OptionalStream[]> {
  const { ctx } = of;
  const { teamId } = requireCan(ctx, "squads.view");
  const squad = await findSquad(ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  if (!squad) throw new AppError("not-found", "This squad is not there.");
  const sharing = await listStandingConsents(ctx.db, { teamId, squadId: squad.id });
  return OPTIONAL_STREAMS.map(({ id, consentKey }) => ({
    stream: id,
    consentKey,
    isAsked: squad.optionalStreams.includes(id),
    agreed: sharing.filter(({ streams }) => streams.includes(id)).map(({ name }) => name),
    of: sharing.length,
  }));
}

const choiceInput = z.object({ squadId: z.uuid(), streams: z.array(oneOf(OPTIONAL_IDS)) });

/**
 * Says which optional kinds of data a squad asks for. What is new is asked of every athlete on their own page, and fetched
 * at once of those who agreed to it before; what is asked for no more is not fetched any more, and what came stays.
 * Coaches and owners.
 * @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in`
 */
export async function chooseOptionalStreams(of: {
  ctx: Context;
  input: z.input<typeof choiceInput>;
}): Promise<void> {
  const { teamId } = requireCan(of.ctx, "squads.change");
  const { squadId, streams } = parseInput(choiceInput, of.input);
  const chosen = OPTIONAL_IDS.filter((id) => streams.includes(id));
  await inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const added = chosen.filter((id) => !squad.optionalStreams.includes(id));
    const dropped = squad.optionalStreams.filter((id) => !chosen.some((one) => one === id));
    if (added.length === 0 && dropped.length === 0) return;
    await updateSquad(ctx.db, { teamId, squadId, changes: { optionalStreams: chosen } });
    await restSquadStreams(ctx.db, { teamId, squadId, streams: dropped });
    await markSquadStreamsDue(ctx.db, { teamId, squadId, streams: added, dueAt: ctx.now });
    const detail = { added: added.join(" "), dropped: dropped.join(" ") };
    await recordAudit(ctx, {
      teamId,
      action: "squad/optional-streams-changed",
      subjectId: squadId,
      detail,
    });
  });
}
