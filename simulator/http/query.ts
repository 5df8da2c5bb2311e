import { type CivilDate, daysBetween, isCivilDate } from "../civil";
import type { Sim } from "../simulator";
import { badRequest } from "./errors";
import type { Reply } from "./reply";
import type { Incoming } from "./router";

export function flag(incoming: Incoming, name: string): boolean {
  return incoming.query.get(name) === "true";
}

export type DateRange = { from: CivilDate; to: CivilDate };

export function isReply(value: object): value is Reply {
  return "status" in value && "headers" in value;
}

type Rule = { fallback: DateRange | undefined; longestDays: number; earliest?: CivilDate };

/** `from` and `to` of a request, both included; 400 when malformed, upside down, too long or too old. */
export function rangeOf(sim: Sim, incoming: Incoming, rule: Rule): DateRange | Reply {
  const [from, to] = [
    incoming.query.get("from") ?? rule.fallback?.from,
    incoming.query.get("to") ?? rule.fallback?.to,
  ];
  if (!from || !to) return badRequest(sim, "from and to are required");
  if (!isCivilDate(from) || !isCivilDate(to))
    return badRequest(sim, "from and to must be dates (YYYY-MM-DD)");
  if (from > to) return badRequest(sim, "from must not be after to");
  if (daysBetween(from, to) + 1 > rule.longestDays)
    return badRequest(sim, `The range must not exceed ${rule.longestDays} days`);
  if (rule.earliest && from < rule.earliest) return badRequest(sim, "The range starts too long ago");
  return { from, to };
}

export function dateParam(sim: Sim, incoming: Incoming): CivilDate | Reply {
  const date = incoming.params.date ?? "";
  return isCivilDate(date) ? date : badRequest(sim, `Not a date: ${date}`);
}
