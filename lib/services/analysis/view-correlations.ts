import type { Context } from "../../context";
import { type DriverAssociations, driverAssociations } from "./drivers";
import { lookAtDrivers } from "./look-at-drivers";

/**
 * What goes with an athlete's HRV over the last year; the look is logged. Null before anything was scored.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewCorrelations(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<DriverAssociations | null> {
  return driverAssociations((await lookAtDrivers(of)).days);
}
