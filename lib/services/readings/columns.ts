import type { Table } from "./read-table";

/** Which column of an uploaded table is what, counted from 0; null where there is none. */
export type Columns = {
  date: number | null;
  rmssdMs: number | null;
  heartRateBpm: number | null;
  sdnnMs: number | null;
  dateOrder: DateOrder;
};

/** Which part of a date comes first where the year does not. */
export const DATE_ORDERS = ["day-month", "month-day"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

// Headings as HRV4Training, Elite HRV, Kubios and GoldenCheetah write them, in small letters without marks.
const HEADINGS = {
  date: [
    "date",
    "timestampmeasurement",
    "datetime",
    "datetimestart",
    "measurementdate",
    "day",
    "pvm",
    "päivä",
  ],
  rmssdMs: [
    "rmssd",
    "rmssdms",
    "rmssdlying",
    "restrmssd",
    "heartratevariability",
    "hrv",
    "hrvms",
    "sykevälivaihtelu",
  ],
  heartRateBpm: ["hr", "hrlying", "hrbpm", "meanhr", "meanhrbpm", "heartrate", "restinghr", "pulse", "syke"],
  sdnnMs: ["sdnn", "sdnnms", "sdnnlying", "restsdnn"],
} as const;

/** Finds the columns by their headings and the order of dates by their values. */
export function guessColumns({ headings, lines }: Table): Columns {
  const plain = headings.map((heading) => heading.toLowerCase().replace(/[^\p{L}\d]/gu, ""));
  const find = (known: readonly string[]) => {
    const at = known.map((word) => plain.indexOf(word)).find((index) => index >= 0);
    return at ?? null;
  };
  const date = find(HEADINGS.date);
  return {
    date,
    rmssdMs: find(HEADINGS.rmssdMs),
    heartRateBpm: find(HEADINGS.heartRateBpm),
    sdnnMs: find(HEADINGS.sdnnMs),
    dateOrder: orderOf(date === null ? [] : lines.map(({ cells }) => cells[date] ?? "")),
  };
}

/** The app whose export the headings are, where it is known. */
export function formatOf(headings: readonly string[]): "hrv4training" | "elite-hrv" | null {
  const plain = headings.map((heading) => heading.trim().toLowerCase());
  if (plain.includes("hrv4t_recovery_points")) return "hrv4training";
  return plain.includes("lnrmssd") && plain.includes("rmssd") ? "elite-hrv" : null;
}

function orderOf(dates: readonly string[]): DateOrder {
  const monthFirst = dates.some((date) => {
    const parts = /^(\d{1,2})\/(\d{1,2})\/\d{4}/.exec(date);
    return parts !== null && Number(parts[2]) > 12;
  });
  return monthFirst ? "month-day" : "day-month";
}
