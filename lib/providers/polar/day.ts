import { isCivilDate } from "@/lib/time/civil-date";
import type { Item, ItemDay } from "@/lib/wearables/connector";

/** Where Polar's resources write the day they belong to, in the order of preference. */
const DATE_KEYS = [
  "date",
  "sleep_date",
  "start-time",
  "start_time",
  "period_start_time",
  "modified",
  "created",
] as const;

const MS_PER_DAY = 86_400_000;

/** Key of a resource that shows what holds now: of it there is no earlier state to leave alone. */
export const CURRENT = "current";

/** The civil day that an item of Polar's writes; null when it says none. */
export function dayOf(json: unknown): ItemDay {
  if (json === null || typeof json !== "object") return null;
  const item = json as Record<string, unknown>;
  for (const key of DATE_KEYS) {
    const day = typeof item[key] === "string" ? item[key].slice(0, 10) : null;
    if (isCivilDate(day)) return day;
  }
  const seconds = item.test_time;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || Math.abs(seconds) > 4e9) return null;
  return new Date(Math.floor((seconds * 1000) / MS_PER_DAY) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The day of a payload that is stored. */
export function dayOfPayload({ providerKey, body }: Omit<Item, "day">): ItemDay {
  if (providerKey === CURRENT) return "now";
  try {
    return dayOf(JSON.parse(body));
  } catch {
    return null;
  }
}
