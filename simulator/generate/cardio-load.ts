import { round } from "../random";

export type CardioLoadDay = {
  date: string;
  /** null: the watch was not worn. */
  load: number | null;
  strain: number;
  tolerance: number;
  ratio: number;
  status: "LOAD_STATUS_NOT_AVAILABLE" | "DETRAINING" | "MAINTAINING" | "PRODUCTIVE" | "OVERREACHING";
};

function meanOf(loads: (number | null)[]): number {
  const known = loads.filter((load) => load !== null);
  return known.length === 0 ? 0 : known.reduce((sum, load) => sum + load, 0) / known.length;
}

function statusOf(ratio: number): CardioLoadDay["status"] {
  if (ratio < 0.8) return "DETRAINING";
  if (ratio < 1) return "MAINTAINING";
  return ratio <= 1.3 ? "PRODUCTIVE" : "OVERREACHING";
}

/** Strain is the mean of the last 7 days, tolerance of the last 28, both with this day included. */
export function cardioLoadOf(date: string, last28: (number | null)[]): CardioLoadDay {
  const load = last28.at(-1) ?? null;
  const strain = round(meanOf(last28.slice(-7)), 1);
  const tolerance = round(meanOf(last28), 1);
  const ratio = tolerance > 0 ? round(strain / tolerance, 2) : -1;
  return {
    date,
    load,
    strain,
    tolerance,
    ratio,
    status: ratio < 0 ? "LOAD_STATUS_NOT_AVAILABLE" : statusOf(ratio),
  };
}
