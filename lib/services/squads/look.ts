import { recordLooks } from "@/db/queries/log";
import { listSquadViewRows } from "@/db/queries/squad-morning";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireCan, requireId } from "@/lib/services/access/require";
import { type OwnChance, readChance } from "@/lib/services/backtest/chance";
import type { CivilDate } from "@/lib/time/civil-date";
import { type Calendar, calendarOf, whyOf } from "./history";
import type { WhyView } from "./view-model";

/** What every row of one view shares. */
export type Look = {
  date: CivilDate;
  calendar: Calendar;
  locale: string;
  /** The squad's own rates of chance, once a back-test found them. */
  own?: OwnChance | undefined;
};

/** A look at one date. */
export function lookAt(of: Omit<Look, "calendar">): Look {
  return { ...of, calendar: calendarOf(of.date) };
}

type WhyInput = { squadId: string; athleteId: string; date: CivilDate; locale: string };

/** Why one athlete stands where they stand on a date; null when the day was not scored. Everybody on the team. */
export async function viewWhy(of: { ctx: Context; input: WhyInput }): Promise<WhyView | null> {
  const { teamId, userId } = requireCan(of.ctx, "athletes.view");
  const { date, locale } = of.input;
  const squadId = requireId(of.input.squadId);
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    const [row] = await listSquadViewRows(ctx.db, { teamId, squadId, date, athleteId });
    if (!row || row.stopped) return null;
    const look = { teamId, athleteIds: [athleteId], userId, what: "squad-view", lookedAt: ctx.now } as const;
    await recordLooks(ctx.db, look);
    return whyOf(row, lookAt({ date, locale, own: await readChance(ctx.db, { squadId }) }));
  });
}
