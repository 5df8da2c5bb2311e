import type { Context } from "../../context";
import { AppError } from "../../errors";
import { type DriverPoints, driverPoints } from "./drivers";
import { lookAtDrivers } from "./look-at-drivers";

export type PointsView = DriverPoints & {
  athlete: { id: string; name: string };
  squad: { id: string; name: string };
};

/**
 * The days behind one correlation of an athlete's HRV, named as `load-1`: the measure and how many days before. The
 * look is logged. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewPoints(of: {
  ctx: Context;
  input: { athleteId: string; driver: string };
}): Promise<PointsView> {
  const { athlete, days } = await lookAtDrivers(of);
  const [, id = "", lag = ""] = /^([a-z-]+)-(\d)$/.exec(of.input.driver) ?? [];
  const found = driverPoints(days, { id, lagDays: Number(lag) });
  if (!found) throw new AppError("not-found", "Nothing of this name is looked at.");
  return {
    ...found,
    athlete: { id: athlete.id, name: athlete.name },
    squad: { id: athlete.squadId, name: athlete.squadName },
  };
}
