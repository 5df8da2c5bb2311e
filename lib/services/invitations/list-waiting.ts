import { listWaitingRows } from "@/db/queries/invitations";
import type { MailState } from "@/lib/email/kinds";
import type { Context } from "../../context";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

export type WaitingInvitation = {
  athleteId: string;
  name: string;
  email: string | null;
  groupName: string | null;
  /** When the invitation was made. */
  sentAt: Date;
  /** What became of its mail; `link` where none was written: the coach passes the link on. */
  delivery: "link" | "waiting" | "sent" | "failed" | "unknown";
  expiresAt: Date;
  /** When a browser first showed it. */
  openedAt: Date | null;
  /** Shared here before: the address is the athlete's own. */
  everConnected: boolean;
  /** `accepted`: the athlete agreed here but has not come back from Polar. */
  state: "sent" | "opened" | "accepted" | "declined" | "expired";
};

/** Who was invited to a squad and has not connected, the latest first. Everybody on the team. @throws AppError `not-signed-in` */
export async function listWaiting(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<WaitingInvitation[]> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  const rows = await listWaitingRows(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  return rows
    .map(({ declinedAt, consented, mailState, ...row }) => ({
      ...row,
      delivery: deliveryOf(mailState),
      state: stateOf({ ...row, declinedAt, consented, expired: row.expiresAt <= of.ctx.now }),
    }))
    .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime() || a.name.localeCompare(b.name));
}

function stateOf(of: {
  declinedAt: Date | null;
  openedAt: Date | null;
  consented: boolean;
  expired: boolean;
}): WaitingInvitation["state"] {
  if (of.declinedAt) return "declined";
  if (of.expired) return "expired";
  if (of.consented) return "accepted";
  return of.openedAt ? "opened" : "sent";
}

function deliveryOf(state: MailState | null): WaitingInvitation["delivery"] {
  if (state === null) return "link";
  return state === "queued" || state === "claimed" ? "waiting" : state;
}
