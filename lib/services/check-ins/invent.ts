import { listAthleteDays } from "@/db/queries/athlete-days";
import { upsertCheckIn } from "@/db/queries/check-ins";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

const DAYS = 60;

/** Three in four mornings are answered, and one athlete in four never answers. */
const ANSWERED = 0.75;

const ANSWERING_ATHLETES = 0.75;

/** Of those, how many have answered today: the others are left to whoever tries the page. */
const ANSWERED_TODAY = 0.5;

type Invented = {
  timeZone: string;
  athletes: readonly { athleteId: string; name: string }[];
  /** Numbers between 0 and 1 that depend on the name only. */
  randomOf: (name: string) => () => number;
};

/**
 * The demonstration's athletes answer the morning check-in as people would: worse on mornings with low HRV or short
 * sleep, with much of their own. Owners of a demonstration.
 * @throws AppError `forbidden` outside of a demonstration, `not-signed-in`
 */
export async function inventCheckIns({ ctx, input }: { ctx: Context; input: Invented }): Promise<void> {
  const { teamId } = requireCan(ctx, "demonstration.fill");
  if (env().mode !== "demonstration")
    throw new AppError("forbidden", "Only a demonstration invents answers.");
  const today = civilDateIn(ctx.now, input.timeZone);
  const from = addDays(today, -DAYS);
  for (const { athleteId, name } of input.athletes) {
    const random = input.randomOf(name);
    if (random() > ANSWERING_ATHLETES) continue;
    const owner = { teamId, athleteId };
    const days = await listAthleteDays(ctx.db, { ...owner, from, to: today });
    await inTransaction(ctx, async (tx) => {
      for (const { date, z, asleepS, load } of days) {
        if (random() > (date === today ? ANSWERED_TODAY : ANSWERED)) continue;
        const answer = (value: number) =>
          Math.max(1, Math.min(7, Math.round(value + (random() - 0.5) * 2.6)));
        const low = -(z ?? 0);
        await upsertCheckIn(tx.db, {
          ...owner,
          date,
          sleepQuality: answer(3 + (27_000 - (asleepS ?? 27_000)) / 3_000),
          fatigue: answer(3 + low * 0.7),
          soreness: answer(2.4 + (load ?? 60) / 90),
          lifeStress: answer(2.8 + low * 0.6),
          tags: [],
          note: null,
          answeredAt: date === today ? ctx.now : new Date(`${date}T05:30:00Z`),
        });
      }
    });
  }
}
