import type { Table, TableLine } from "./table";

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

/** What the intervals of a recording are written in. */
export type RrUnit = "ms" | "s";

/** Which columns of a recording were read: by their heading, or counted from 0 where there is none. */
export type RrColumns = { rr: string | number; time: string | number | null; unit: RrUnit };

/** A choice made by a person, counted from 0. */
export type RrChoice = { rr: number };

export type Headed = {
  headings: string[];
  /** Index of the first line that holds values. */
  from: number;
  /** Null where a person has to say which column it is. */
  rr: number | null;
  unit: RrUnit | null;
  /** Columns that may be a time by their heading, the likeliest first. */
  times: number[];
};

/*
 * Headings without marks, as loggers write them, the likeliest first. Polar Sensor Logger `RR-interval [ms]` and
 * `PP-interval [ms]`, HRV Logger `rr`, Empatica and Emfit `IBI`, Garmin `bbi`, Kubios `RR interval`, spreadsheets in
 * English, Finnish, Swedish and German.
 */
const RR = [
  ["rr", "rri", "rrs", "rrinterval", "rrintervals", "rrint", "rrvalue", "rrvalues", "rrdata", "rrtime"],
  ["rrintervalli", "rrväli", "rrvälit", "rrintervall", "rrabstand", "rrlist", "rrseries"],
  ["ibi", "ibis", "interbeatinterval", "interbeatintervals", "bbi", "beatinterval", "beattobeatinterval"],
  ["beattobeat", "sykeväli", "sykevälit", "pulseinterval", "pulsetopulseinterval", "ppi", "pp", "ppinterval"],
  ["nn", "nni", "nninterval", "nnintervals"],
];

const TIMES = [
  ["sincestart", "elapsed", "elapsedtime", "timeelapsed", "sensortimestamp", "recordingtime", "beattime"],
  ["timestamp", "phonetimestamp", "phonedatarxtimestamp", "unixtime", "unixtimestamp", "epoch", "time", "t"],
  ["aika", "kellonaika", "zeit", "tid", "tijd", "clock", "datetime", "localtime", "utc", "seconds"],
  ["date", "pvm"],
];

/** As far as a file may begin with something else: Kubios writes its results before the intervals. */
const LONGEST_PREAMBLE = 400;

/** Finds the line of headings and, by them, the columns. */
export function headedColumns(records: readonly TableLine[]): Headed {
  const known = records.slice(0, LONGEST_PREAMBLE).findIndex(({ cells }) => bestOf(cells, RR) !== undefined);
  const isHeading = known >= 0 || !(records[0]?.cells ?? []).some((cell) => /\d/.test(cell));
  const at = Math.max(known, 0);
  const headings = isHeading ? (records[at]?.cells ?? []) : [];
  const found = bestOf(headings, RR);
  // Two columns of equal right, such as RR and RRI: a person has to say which.
  const rr = found?.length === 1 ? found[0]! : null;
  let from = isHeading && records.length > 0 ? at + 1 : 0;
  if (isHeading && isUnitsLine(records[from]?.cells)) from++;
  return {
    headings,
    from,
    rr,
    unit: rr === null ? null : unitOf(headings[rr]!),
    times: TIMES.flatMap((group) => indexesOf(headings, group)),
  };
}

function bestOf(cells: readonly string[], groups: readonly string[][]): number[] | undefined {
  return groups.map((group) => indexesOf(cells, group)).find((indexes) => indexes.length > 0);
}

function indexesOf(cells: readonly string[], group: readonly string[]): number[] {
  return cells.flatMap((cell, i) => (group.includes(plainOf(cell)) ? [i] : []));
}

/** A heading in small letters, without its unit and marks. */
function plainOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[[(].*?[\])]/g, "")
    .replace(/([\s_.-])(ms|msec|milliseconds?|sec|s|ns|us|bpm)\s*$/, "$1")
    .replace(/[^\p{L}\d]/gu, "");
}

/** The unit a heading names; null where it names none. */
function unitOf(heading: string): RrUnit | null {
  const named = /(?:^|[[(\s_.,-])(ms|msec|milliseconds?|s|sec|seconds?)(?:$|[\])\s])/i.exec(heading)?.[1];
  if (named === undefined) return null;
  return named.toLowerCase().startsWith("m") ? "ms" : "s";
}

const UNIT = /^(ms|msec|milliseconds?|s|sec|seconds?|ns|us|bpm|h{1,2}:mm.*)$/i;

/** Kubios and laboratory software write the units below the headings. */
function isUnitsLine(cells: readonly string[] = []): boolean {
  const isUnit = (cell: string) => /^[[(]/.test(cell) || UNIT.test(cell);
  return cells.every((cell) => !/\d/.test(cell)) && cells.some(isUnit);
}
