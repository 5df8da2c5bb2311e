import { describe, expect, it } from "vitest";
import { PLAUSIBLE } from "@/lib/wearables/plausible";
import { type Columns, formatOf, guessColumns } from "./columns";
import { ReadingInputError, readReadings } from "./read-readings";
import { readTable } from "./table";

const today = "2026-03-20";

const HRV4TRAINING = `date,timestamp_measurement, HR, AVNN, SDNN, rMSSD, pNN50, LF, HF, LFHF, HRV4T_Recovery_Points, note
2026-03-17,2026-03-17 06:41:10 +0200, 48.2, 1244.1, 88.4, 71.3, 40.1, 0.2, 0.1, 2, 8.5, "slept well, late"
2026-03-18,-, -, -, -, -, -, -, -, -, -, -
2026-03-19,2026-03-19 06:52:44 +0200, 50.1, 1197.2, 80.0, 64.9, 38.0, 0.2, 0.1, 2, 8.3, -
`;

function read(text: string, columns?: Partial<Columns>) {
  const table = readTable(text);
  return readReadings(table, { ...guessColumns(table), ...columns }, today);
}

describe("a table of readings", () => {
  it("of HRV4Training is recognised by its headings", () => {
    const table = readTable(HRV4TRAINING);
    expect(formatOf(table.headings)).toBe("hrv4training");
    expect(guessColumns(table)).toEqual({
      date: 0,
      rmssdMs: 5,
      heartRateBpm: 2,
      sdnnMs: 4,
      dateOrder: "day-month",
    });
    const { readings, blank, problems } = read(HRV4TRAINING);
    expect(problems).toEqual([]);
    expect(blank).toBe(1);
    expect(
      readings.map(({ date, rmssdMs, heartRateBpm, sdnnMs }) => [date, rmssdMs, heartRateBpm, sdnnMs]),
    ).toEqual([
      ["2026-03-17", 71.3, 48.2, 88.4],
      ["2026-03-19", 64.9, 50.1, 80],
    ]);
    expect(readings[0]?.raw).toContain('"slept well, late"');
  });

  it("of a Finnish spreadsheet has semicolons, decimal commas and dotted dates", () => {
    const { readings, problems } = read(
      "\uFEFFPvm;rMSSD (ms);Syke\r\n1.3.2026;52,4;49\r\n02.03.2026 7.05;55,0;48\r\n",
    );
    expect(problems).toEqual([]);
    expect(readings).toMatchObject([
      { line: 2, date: "2026-03-01", rmssdMs: 52.4, heartRateBpm: 49 },
      { line: 3, date: "2026-03-02", rmssdMs: 55 },
    ]);
  });

  it("tells months from days by a day above twelve", () => {
    const text = "Date,RMSSD\n3/4/2026,50\n2/27/2026,51\n";
    expect(read(text).readings.map(({ date }) => date)).toEqual(["2026-02-27", "2026-03-04"]);
    const swapped = read("Date,RMSSD\n3/2/2026,50\n", { dateOrder: "month-day" });
    expect(swapped.readings[0]?.date).toBe("2026-03-02");
    expect(read("Date,RMSSD\n3/2/2026,50\n").readings[0]?.date).toBe("2026-02-03");
  });

  it("counts the earliest reading of a day", () => {
    const text = "date,rmssd\n2026-03-01 09:30,40\n2026-03-01 06:30,60\n2026-03-01 11:00 PM,30\n";
    const { readings, repeated } = read(text);
    expect(readings.map(({ rmssdMs }) => rmssdMs)).toEqual([60]);
    expect(repeated).toBe(2);
  });

  it("names line and field of everything that is wrong", () => {
    const text =
      "date,rmssd,hr\n2026-03-01,60,50\nyesterday,60,50\n2026-02-30,61,50\n2026-03-04,x,50\n2026-04-01,60,500\n";
    expect(read(text).problems).toEqual([
      { line: 3, field: "date", problem: "no-date" },
      { line: 4, field: "date", problem: "no-date" },
      { line: 5, field: "rmssdMs", problem: "no-number" },
      { line: 6, field: "date", problem: "in-the-future" },
      { line: 6, field: "heartRateBpm", problem: "out-of-range" },
    ]);
  });

  it.each(["rmssdMs", "heartRateBpm", "sdnnMs"] as const)(
    "takes %s in the range that synced values have",
    (field) => {
      const [low, high] = PLAUSIBLE[field];
      const line = (day: number, value: number) => {
        const values = { rmssdMs: 60, heartRateBpm: 50, sdnnMs: 70, [field]: value };
        return `2026-03-0${day},${values.rmssdMs},${values.heartRateBpm},${values.sdnnMs}`;
      };
      const outside = [low - 0.1, high + 0.1];
      const lines = [low, high, ...outside].map((value, i) => line(i + 1, value));
      const { readings, problems } = read(`date,rmssd,hr,sdnn\n${lines.join("\n")}\n`);
      expect(readings.map((reading) => reading[field])).toEqual([low, high]);
      expect(problems).toEqual(outside.map((_, i) => ({ line: i + 4, field, problem: "out-of-range" })));
    },
  );

  it("keeps the line numbers of the file beside blank lines and line breaks inside of quotes", () => {
    const text = 'date,note,rmssd\n2026-03-01,"two\nlines",60\n\n2026-03-02,,sixty\n';
    expect(read(text).problems).toEqual([{ line: 5, field: "rmssdMs", problem: "no-number" }]);
  });

  it("loses no line to a stray quotation mark, and names the cell that holds one", () => {
    const notes = ['"felt "great" today"', '6" of snow', '"tired', '"fine"', "x"];
    const text = notes.map((note, i) => `2026-03-0${i + 1},${50 + i},${note}`).join("\n");
    const { readings, problems } = read(`date,rmssd,note\n${text}\n`);
    expect(problems).toEqual([]);
    expect(readings.map(({ line, rmssdMs }) => [line, rmssdMs])).toEqual([
      [2, 50],
      [3, 51],
      [4, 52],
      [5, 53],
      [6, 54],
    ]);
    expect(read('date,rmssd\n2026-03-01,"60\n').problems).toEqual([
      { line: 2, field: "rmssdMs", problem: "no-number" },
    ]);
  });

  it("may say its divider, hold comments, and be cut with bars", () => {
    const text = "sep=;\n# my mornings\nPvm;rMSSD (ms);Huom\n// spring\n1.3.2026;52,4;a, b\n";
    expect(read(text)).toMatchObject({ problems: [], readings: [{ line: 5, rmssdMs: 52.4 }] });
    expect(read("date|rmssd\n2026-03-01|52,4\n").readings[0]?.rmssdMs).toBe(52.4);
  });

  it("asks for the columns where headings do not tell", () => {
    const text = "a,b\n2026-03-01,60\n";
    expect(read(text).problems.map(({ field, problem }) => [field, problem])).toEqual([
      ["date", "no-column"],
      ["rmssdMs", "no-column"],
    ]);
    expect(read(text, { date: 0, rmssdMs: 1 }).readings).toHaveLength(1);
  });

  it("doubts values that look like ln RMSSD", () => {
    expect(read("date,rmssd\n2026-03-01,4.1\n2026-03-02,4.2\n").doubtfulUnit).toBe(true);
    expect(read(HRV4TRAINING).doubtfulUnit).toBe(false);
  });

  it.each([
    ["", "empty"],
    ["date,rmssd\n", "too-few"],
    [`date,rmssd\n${"2026-03-01,60\n".repeat(60_000)}`, "too-large"],
  ])("is refused as a whole when it is none: %#", (text, problem) => {
    expect(() => readTable(text)).toThrow(ReadingInputError);
    expect(() => readTable(text)).toThrow(problem);
  });
});
