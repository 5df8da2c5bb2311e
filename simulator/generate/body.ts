import { addDays, type CivilDate, dateIn, dayMs, requireEpochDay } from "../civil";
import { hash32, normal, randomFor, round } from "../random";
import type { Athlete } from "../scenario";
import type { AddedWeight } from "../state";

export type BodyEntry = { id: number; createdAt: number; weightKg: number; measured: boolean };

/** Weighings: one every other week of the history, then what was added. */
export function bodyEntries(
  athlete: Athlete,
  origin: { startedAt: number; timeZone: string; historyDays: number },
  added: AddedWeight[],
): BodyEntry[] {
  const first: CivilDate = addDays(dateIn(origin.timeZone, origin.startedAt), 1 - origin.historyDays);
  const idBase = 7_000_000_000 + (hash32(athlete.login) % 40_000) * 1000;
  const usual = Array.from({ length: Math.ceil(origin.historyDays / 14) }, (_, index) => {
    const drift = normal(randomFor(athlete.login, "weight", index)) * 0.6;
    const createdAt = requireEpochDay(first) * dayMs + index * 14 * dayMs + 5.7 * 3_600_000;
    return {
      id: idBase + index,
      createdAt,
      weightKg: round(athlete.weightKg + drift, 1),
      measured: index % 2 === 1,
    };
  });
  const later = added.map((a) => ({
    id: a.id,
    createdAt: a.uploadedAt,
    weightKg: a.weightKg,
    measured: true,
  }));
  return [...usual, ...later];
}
