import { randomUUID } from "node:crypto";
import type { Sim } from "../simulator";
import { empty, json, type Reply } from "./reply";

/** Polar's error body: wrapped and snake_case on the wire, flat in its specification, sometimes none at all. */
export function errorReply(sim: Sim, status: number, type: string, message: string): Reply {
  const timestamp = new Date(sim.clock.now()).toISOString().slice(0, 23);
  const id = randomUUID();
  if (sim.state.knobs.errorBody === "empty") return empty(status);
  if (sim.state.knobs.errorBody === "flat")
    return json(status, { timestamp, status, errorType: type, message, corrId: id });
  return json(status, { error: { timestamp, status, error_type: type, message, corr_id: id } });
}

export function badRequest(sim: Sim, message: string): Reply {
  return errorReply(sim, 400, "BadRequestException", message);
}
