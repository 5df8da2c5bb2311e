import { describe, expect, it } from "vitest";
import { sinus } from "@/tests/support/hrv/recordings";
import { ReadingInputError } from "./read-readings";
import { readRr } from "./read-rr";

const beats = sinus({ rrMs: 980, rmssdMs: 45, seed: 11, beats: 120 });

let soFar = 0;

/** When each beat ended, ms after the start. */
const ends = beats.map((rr) => {
  soFar += rr;
  return soFar;
});

const iso = (ms: number) => new Date(Date.UTC(2026, 2, 1, 5, 30) + ms).toISOString();

const lines = (line: (rr: number, i: number) => string) => beats.map(line).join("\n");

const bytesOf = (text: string) => new TextEncoder().encode(text);

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));

const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16());

type Case = [name: string, file: string | Uint8Array, rr: string | number, time: string | number | null];

/** As a spreadsheet shows 1050. */
const parted = (rr: number) => (rr < 1000 ? String(rr) : `1 ${String(rr % 1000).padStart(3, "0")}`);

/** One entry a kind of file; all of them hold the same beats. */
const FILES: Case[] = [
  ["one interval a line", lines(String), 0, null],
  ["Windows line ends, blank lines at the end", `${beats.join("\r\n")}\r\n\r\n`, 0, null],
  ["the line ends of an old Mac", beats.join("\r"), 0, null],
  ["all in one line, commas", beats.join(", "), 0, null],
  ["all in one line, spaces", beats.join(" "), 0, null],
  ["all in one line, semicolons and decimal commas", lines((rr) => `${rr},0;`).replaceAll("\n", ""), 0, null],
  ["an array", `[${beats.join(", ")}]`, 0, null],
  ["decimal points", lines((rr) => `${rr}.0`), 0, null],
  ["decimal commas", lines((rr) => `${rr},0`), 0, null],
  ["seconds", lines((rr) => (rr / 1000).toFixed(3)), 0, null],
  ["seconds with a decimal comma", lines((rr) => (rr / 1000).toFixed(3).replace(".", ",")), 0, null],
  ["a power of ten", lines((rr) => rr.toExponential(18)), 0, null],
  ["a time and powers of ten", lines((rr, i) => `${ends[i]!.toExponential(3)} ${rr.toExponential(3)}`), 1, 0],
  ["thousands parted by a space", `RR;Note\n${lines((rr) => `${parted(rr)};x`)}`, "RR", null],
  ["thousands parted by a space, alone", `RR\n${lines(parted)}`, "RR", null],
  ["thousands parted by a narrow space", lines((rr) => parted(rr).replace(" ", "\u202f")), 0, null],
  [
    "units below the headings",
    `time;rr\ns;ms\n${lines((rr, i) => `${ends[i]! / 1000};${rr}`)}`,
    "rr",
    "time",
  ],
  ["every value quoted", lines((rr) => `"${rr}"`), 0, null],
  ["a heading", `RR-interval [ms]\n${lines(String)}`, "RR-interval [ms]", null],
  ["a heading in seconds", `RR (s)\n${lines((rr) => (rr / 1000).toFixed(3))}`, "RR (s)", null],
  ["comments", `# recorded lying\n// strap 3\nIBI\n${lines(String)}\n# end`, "IBI", null],
  ["Excel's sep=;", `sep=;\nNote;RR\n${lines((rr) => `a, b;${rr},0`)}`, "RR", null],
  ["Excel's sep= and tabs", `sep=\t\nRR\tNote\n${lines((rr) => `${rr}\tx`)}`, "RR", null],
  ["bars", `note|rr_ms\n${lines((rr) => `x|${rr}`)}`, "rr_ms", null],
  ["a byte order mark", bytesOf(`\uFEFFRR;Huom\n${lines((rr) => `${rr};päivä`)}`), "RR", null],
  ["UTF-16, little end first", utf16(`\uFEFFRR;Huom\n${lines((rr) => `${rr};päivä`)}`), "RR", null],
  ["UTF-16 without a mark", utf16(lines(String)), 0, null],
  ["UTF-16, big end first", swapped(utf16(`\uFEFFRR\n${lines(String)}`)), "RR", null],
  [
    "an ANSI file",
    new Uint8Array(Buffer.from(`Päivä;Sykeväli (ms)\n${lines((rr) => `ä;${rr},0`)}`, "latin1")),
    "Sykeväli (ms)",
    null,
  ],
  [
    "a quotation mark in a note",
    `RR;Note\n${lines((rr, i) => `${rr};${i === 3 ? '6" low' : ""}`)}`,
    "RR",
    null,
  ],
  [
    "a quotation mark never closed",
    `Note,RR\n${lines((rr, i) => `${i === 3 ? '"tired' : "x"},${rr}`)}`,
    "RR",
    null,
  ],
  [
    "a quotation mark closed lines later",
    `Note,RR\n${lines((rr, i) => `${i === 3 ? '"tired' : i === 9 ? 'fine"' : "x"},${rr}`)}`,
    "RR",
    null,
  ],
  [
    "Polar Sensor Logger, RR",
    `Phone timestamp;RR-interval [ms]\n${lines((rr, i) => `${iso(ends[i]!).slice(0, 23)};${rr}`)}`,
    "RR-interval [ms]",
    "Phone timestamp",
  ],
  [
    "Polar Sensor Logger, PPI with a useless sensor time",
    `Phone timestamp;sensor timestamp [ns];HR [bpm];PP-interval [ms];error estimate [ms];blocker\n${lines((rr, i) => `${iso(ends[i]!).slice(0, 23)};0;61;${rr};10;0`)}`,
    "PP-interval [ms]",
    "Phone timestamp",
  ],
  [
    "HRV Logger",
    `date,rr,since start\n${lines((rr, i) => `2026-03-01 05:30:00 +0000,${rr},${ends[i]}`)}`,
    "rr",
    "since start",
  ],
  ["Elite HRV and HRV4Training, plain", `${lines(String)}\n`, 0, null],
  [
    "Empatica, whose heading is a time",
    `1772343000.0, IBI\n${lines((rr, i) => `${(ends[i]! / 1000).toFixed(6)},${(rr / 1000).toFixed(6)}`)}`,
    "IBI",
    "1772343000.0",
  ],
  [
    "Kubios, results above and below",
    `Kubios HRV\nMean RR (ms):,980\n\nRR INTERVAL DATA\nTime,RR interval\n(s),(s)\n${lines((rr, i) => `${ends[i]! / 1000},${rr / 1000}`)}\n\nHR Zones,,\nrest,5\n`,
    "RR interval",
    "Time",
  ],
  ["Polar's .hrm", `[Params]\nVersion=106\nInterval=238\n\n[HRData]\n${lines(String)}\n`, 0, null],
  [
    "Garmin's bbi with epoch milliseconds",
    `unixTimestamp,bbi\n${lines((rr, i) => `${1_772_343_000_000 + ends[i]!},${rr}`)}`,
    "bbi",
    "unixTimestamp",
  ],
  [
    "clock times over midnight",
    `Time;RR\n${lines((rr, i) => `${new Date(86_340_000 + ends[i]!).toISOString().slice(11, 23)};${rr}`)}`,
    "RR",
    "Time",
  ],
  ["a time and no heading", lines((rr, i) => `${(ends[i]! / 1000).toFixed(3)}\t${rr}`), 1, 0],
  ["a time, spaces and no heading", lines((rr, i) => `${(ends[i]! / 1000).toFixed(3)}  ${rr}`), 1, 0],
  ["the number of the line and no heading", lines((rr, i) => `${i + 1},${rr}`), 1, null],
  ["heart rate beside it and no heading", lines((rr) => `${rr},${Math.round(60_000 / rr)}`), 0, null],
  [
    "heart rate last, the column by its heading",
    `Phone timestamp;RR-interval [ms];HR\n${lines((rr, i) => `${iso(ends[i]!)};${rr};60`)}`,
    "RR-interval [ms]",
    "Phone timestamp",
  ],
  [
    "packets of three in a cell",
    `t,rr\n${lines((rr, i) => (i % 3 === 2 ? `${ends[i]! / 1000},"[${beats[i - 2]}, ${beats[i - 1]}, ${rr}]"` : "#"))}`,
    "rr",
    "t",
  ],
];

describe("a recording", () => {
  it.each(FILES)("with %s", (_name, file, rr, time) => {
    const read = readRr(typeof file === "string" ? bytesOf(file) : file);
    expect(read.rrMs).toEqual(beats);
    expect([read.columns.rr, read.columns.time]).toEqual([rr, time]);
    expect(read.timing.afterGap.size).toBe(0);
    if (time === null) expect(read.timing.coverage).toBeNull();
    else expect(read.timing.coverage).toBeCloseTo(1, 1);
  });

  it("with thousands parted on every line, which are no two columns", () => {
    const slow = beats.map((rr) => rr + 300);
    expect(readRr(bytesOf(`RR ms\n${slow.map(parted).join("\n")}`))).toMatchObject({
      rrMs: slow,
      columns: { unit: "ms" },
    });
    const counted = lines((rr, i) => `${i} ${rr}`);
    expect(readRr(bytesOf(`no rr\n${counted}`))).toMatchObject({ rrMs: beats, columns: { rr: "rr" } });
  });

  it("says which unit it was in", () => {
    expect(readRr(bytesOf(lines(String))).columns.unit).toBe("ms");
    expect(readRr(bytesOf(lines((rr) => String(rr / 1000)))).columns.unit).toBe("s");
  });

  it("reads the column a person names, whatever the headings say", () => {
    const text = `a,b,c\n${lines((rr) => `60,${rr},1`)}`;
    expect(readRr(bytesOf(text), { rr: 1 })).toMatchObject({ rrMs: beats, columns: { rr: "b" } });
  });
});

describe("beats that are not there", () => {
  it("leave a gap where a cell is empty or zero", () => {
    const text = `RR;Note\n${lines((rr, i) => (i === 40 ? ";lost" : i === 80 ? "0;lost" : `${rr};`))}`;
    const read = readRr(bytesOf(text));
    expect(read.rrMs).toEqual(beats.filter((_, i) => i !== 40 && i !== 80));
    expect([...read.timing.afterGap]).toEqual([40, 79]);
  });

  it("are seen by the time beside the others", () => {
    const text = `t [ms];rr\n${lines((rr, i) => (i >= 40 && i < 100 ? "#" : `${ends[i]};${rr}`))}`;
    const { timing } = readRr(bytesOf(text));
    expect(timing.coverage).toBeCloseTo(0.5, 1);
    expect([...timing.afterGap]).toEqual([40]);
  });

  it("are seen by a time in equal steps too, which is no number of the line", () => {
    const coverage = (heading: string, stepS: number) =>
      readRr(bytesOf(`${heading},rr\n${lines((rr, i) => `${(i * stepS).toFixed(2)},${rr}`)}`)).timing
        .coverage;
    expect(coverage("time", 1.96)).toBeCloseTo(0.5, 1);
    expect(coverage("time", 0.98)).toBeCloseTo(1, 1);
    expect(coverage("time [s]", 1)).toBeCloseTo(0.98, 1);
    expect(coverage("time", 1)).toBeNull();
  });

  it("are not made up by a time that comes in packets", () => {
    const packet = (i: number) => iso(Math.ceil(ends[i]! / 2000) * 2000).slice(0, 19);
    const { timing } = readRr(bytesOf(`timestamp,rr\n${lines((rr, i) => `${packet(i)},${rr}`)}`));
    expect(timing.afterGap.size).toBe(0);
    expect(timing.coverage).toBeCloseTo(1, 1);
  });
});

function problemOf(file: string | Uint8Array) {
  try {
    readRr(typeof file === "string" ? bytesOf(file) : file);
  } catch (error) {
    if (error instanceof ReadingInputError) return { ...error.problems[0], headings: error.headings };
    throw error;
  }
  return undefined;
}

describe("what cannot be read is named", () => {
  const changed = (i: number, cell: string) => lines((rr, at) => (at === i ? cell : String(rr)));
  it.each([
    ["a letter in a number", changed(41, "9x3"), { line: 42, field: "rr", problem: "no-number" }],
    [
      "a word below a heading",
      `RR\n\n${changed(41, "lost")}`,
      { line: 44, field: "rr", problem: "no-number" },
    ],
    ["a negative number", changed(0, "-812"), { line: 1, field: "rr", problem: "no-number" }],
    [
      "thousands parted by a comma",
      changed(41, '"1,050"'),
      { line: 42, field: "rr", problem: "out-of-range" },
    ],
    ["a page in place of a table", "<html><body>Sign in</body></html>", { field: "file", problem: "empty" }],
    ["JSON", `{"rr":[${beats.join(",")}]}`, { field: "file", problem: "unreadable" }],
    [
      "lines in the opposite order",
      `time,rr\n${lines((rr, i) => `${(120 - i) * 980},${rr}`)}`,
      { field: "time", problem: "backwards" },
    ],
    ["an hour", changed(41, "3600000"), { line: 42, field: "rr", problem: "out-of-range" }],
    ["nothing", "", { line: null, field: "file", problem: "empty" }],
    ["a heading alone", "RR\n", { line: null, field: "file", problem: "empty" }],
    ["a spreadsheet", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 9]), { field: "file", problem: "no-text" }],
    [
      "heart rates",
      `HR\n${lines((rr) => String(Math.round(60_000 / rr)))}`,
      { field: "rr", problem: "no-intervals" },
    ],
    [
      "heart rates without a heading",
      lines((rr) => String(Math.round(60_000 / rr))),
      { problem: "no-intervals" },
    ],
    ["microseconds", lines((rr) => String(rr * 1000)), { problem: "no-intervals" }],
    [
      "time running backwards",
      `t;RR\n${lines((rr, i) => `${(i === 60 ? 0 : ends[i]!) / 1000};${rr}`)}`,
      { line: 62, field: "time", problem: "backwards" },
    ],
    [
      "headings that say nothing",
      `time;value;heart rate\n${lines((rr, i) => `${ends[i]};${rr};60`)}`,
      { line: null, field: "rr", problem: "no-column", headings: ["time", "value", "heart rate"] },
    ],
    ["two columns that could be it", lines((rr) => `${rr};${rr + 3}`), { problem: "no-column" }],
    ["two headings of equal right", `RR;RRI\n${lines((rr) => `${rr};${rr}`)}`, { problem: "no-column" }],
    [
      "a table of mornings",
      "date,rMSSD,HR\n2026-03-17,71.3,48\n2026-03-18,70,48\n",
      { problem: "no-column" },
    ],
  ])("%s", (_name, file, expected) => {
    expect(problemOf(file)).toMatchObject(expected);
  });
});
