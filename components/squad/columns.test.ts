import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SquadRow } from "@/lib/services/squads/row";
import type { SquadView } from "@/lib/services/squads/view-model";
import type { RowWords } from "./cell-values";
import { columnStyles } from "./column-styles";
import { absentColumns, COLUMN_IDS, type ColumnId, columnOf } from "./columns";
import { HIDEABLE } from "./hidden-columns";
import { morningCsv } from "./morning-csv";
import { inOrder, sortKeyOf } from "./order";
import { decodeRows, encodeRows, type RowDisplay } from "./row-code";

const say = (key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key);

const words: RowWords = {
  squad: say,
  levels: say,
  locale: "en-GB",
  date: "2026-11-27",
  timeZone: "Europe/Helsinki",
  squadId: "0d1d2f0f",
  widestLoad: 1000,
};

const nothing: SquadRow = {
  athleteId: "9d9d7f0c-2f0b-4d8b-8a39-0d1d2f0f6a11",
  name: "New",
  groupName: null,
  standing: { kind: "no-days" },
  pausedOn: null,
  section: "no-verdict",
  level: "no-verdict",
  grade: "none",
  reason: null,
  connection: "none",
  needs: null,
  source: "nightly",
  travel: false,
  rmssdMs: null,
  suspect: false,
  suspectPair: false,
  baseline: { n: 0, mean: null, sd: null },
  z: null,
  mean7S: null,
  trend: null,
  load: { kind: null, sum7: null, prev7: null, known7: 0, changePercent: null, rising: false },
  restingHr: null,
  sleep: null,
  recharge: null,
  checkIn: { answers: null, hasAnswered: false },
  receivedAtMs: null,
  lastNight: null,
  episode: null,
  verdict: null,
  spark: null,
  why: null,
};

const everything: SquadRow = {
  ...nothing,
  athleteId: "5f0e6c1e-8c7c-4f5e-9a51-3c6b0f6f9d10",
  name: 'Élise "Lissu" <b>O\'Neil</b>',
  groupName: "=Distance, long",
  standing: { kind: "scored" },
  section: "look",
  level: "recovery",
  grade: "provisional",
  rmssdMs: 48.24,
  suspect: true,
  baseline: { n: 21, mean: 4, sd: 0.2 },
  z: -1.523,
  mean7S: -0.4,
  trend: { changeS: -2.8, holds: true },
  load: { kind: "cardio-load", sum7: 890, prev7: 664, known7: 7, changePercent: 34, rising: true },
  restingHr: { bpm: 53, difference: 2 },
  sleep: { asleepS: 27_000, differenceMin: null },
  recharge: { ansCharge: -2.5, sleepCharge: 3, status: 4 },
  checkIn: { answers: { sleepQuality: 3, fatigue: 6, soreness: null, lifeStress: 1 }, hasAnswered: true },
  receivedAtMs: Date.parse("2026-11-27T04:30:00Z"),
  lastNight: "2026-11-27",
  episode: { openedOn: "2026-11-26", day: 2, escalatedToday: false, isNew: false },
  spark: {
    nights: Array.from({ length: 60 }, (_, day) => (day % 7 === 0 ? null : Math.sin(day))),
    mean7: Array.from({ length: 60 }, (_, day) => (day < 7 ? null : Math.sin(day / 9))),
    episodes: [{ daysBefore: 1, level: "recovery" }],
    hasBand: true,
    count: 51,
    meanMs: 55,
  },
};

function displayed(row: SquadRow, columns: readonly ColumnId[] = COLUMN_IDS): RowDisplay {
  const { athleteId: id, name, section, level } = row;
  const cells = Object.fromEntries(columns.map((column) => [column, columnOf(column).value(row, words)]));
  return { id, name, section, level, scored: row.standing.kind === "scored", cells };
}

describe("rows on their way to the browser", () => {
  it("come back as they were, whatever is missing and however they are called", () => {
    const rows = [everything, nothing, everything].map((row) => displayed(row));
    expect(decodeRows(encodeRows(rows, COLUMN_IDS))).toEqual(rows);
    expect(decodeRows(encodeRows([], COLUMN_IDS))).toEqual([]);
  });

  it("come back whatever columns there are and whatever is in their cells", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const table = fc.subarray(["hrv", "own", "z", "coach"]).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(
          fc.record({
            id: fc.uuid(),
            name: fc.string(),
            section: fc.constantFrom("look" as const, "rest" as const),
            level: fc.constantFrom("flag" as const, "steady" as const),
            scored: fc.boolean(),
            cells: fc.record(Object.fromEntries(columns.map((column) => [column, value]))),
          }),
          { maxLength: 6 },
        ),
      }),
    );
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const sent = JSON.parse(JSON.stringify(rows)) as RowDisplay[];
        expect(decodeRows(encodeRows(sent, columns))).toEqual(sent);
      }),
    );
  });

  it("carry nothing of a column that is not shown", () => {
    const shown = COLUMN_IDS.filter((id) => id !== "recharge");
    const text = encodeRows([displayed(everything, shown)], shown);
    expect(text).not.toContain("polarStatus");
    expect(Object.keys(decodeRows(text)[0]?.cells ?? {})).toEqual(shown);
  });
});

describe("the morning's CSV", () => {
  const view = { date: "2026-11-27" } as SquadView;
  const csv = (rows: readonly SquadRow[]) => morningCsv(view, rows).trimEnd().split("\r\n");

  it("names each of its columns once", () => {
    expect(csv([])).toEqual([
      [
        ...["date", "athlete", "group", "level", "grade", "reason", "source", "rmssd_ms", "z", "baseline_ms"],
        ...["baseline_from_ms", "baseline_to_ms", "baseline_nights", "trend_s", "trend_holds", "load_kind"],
        ...["load_7d", "load_previous_7d", "load_known_days", "load_rising", "resting_hr_bpm", "asleep_s"],
        ...["ans_charge", "sleep_quality_1_good_7_bad", "fatigue_1_good_7_bad", "soreness_1_good_7_bad"],
        ...["life_stress_1_good_7_bad", "received_at", "episode_opened_on", "verdict"],
      ].join(),
    ]);
    const headings = COLUMN_IDS.flatMap((id) => Object.keys(columnOf(id).csv));
    expect(new Set(headings).size).toBe(headings.length);
  });

  it("has a cell for each heading in every line, and nothing where nothing is known", () => {
    expect(csv([nothing])[1]).toBe("2026-11-27,New,,no-verdict,none,,,,,,,,0,,,,,,0,0,,,,,,,,,,");
    expect(csv([everything])[1]).toBe(
      `2026-11-27,"Élise ""Lissu"" <b>O'Neil</b>","'=Distance, long",recovery,provisional,,nightly,48.24,-1.523,54.598,44.701,66.686,21,-2.8,1,cardio-load,890,664,7,1,53,27000,-2.5,3,6,,1,2026-11-27T04:30:00.000Z,2026-11-26,`,
    );
    for (const id of COLUMN_IDS)
      for (const cellOf of Object.values(columnOf(id).csv)) expect(cellOf(nothing, view)).toBeDefined();
  });
});

describe("columns", () => {
  it("always tell who it is, how it stands and what to do", () => {
    expect(COLUMN_IDS.filter((id) => !HIDEABLE.includes(id))).toEqual(["why", "name", "level", "coach"]);
  });

  it("have nothing to wait for in a squad that has everything", () => {
    expect(absentColumns([everything, nothing])).toEqual([]);
  });

  it("leave a narrowing window one after another, as soon as all that are left do not fit", () => {
    const rules = (ids: readonly ColumnId[]) =>
      [
        ...columnStyles(ids).matchAll(
          /@media screen and \(min-width:901px\) and \(max-width:(\d+)px\)\{([^{]+)\{/g,
        ),
      ].map(([, px, of]) => `${px} ${of}`);
    const usual = COLUMN_IDS.filter((id) => id !== "checkIn");
    expect(rules(usual)).toEqual([
      "1431 [data-column=recharge]",
      "1313 [data-column=resting]",
      "1255 [data-column=received]",
      "1179 [data-column=nights]",
      "1007 [data-column=z],[data-column=sleep]",
    ]);
    // What the coach hides makes room for the others.
    expect(rules(usual.filter((id) => id !== "nights"))).toEqual([
      "1259 [data-column=recharge]",
      "1141 [data-column=resting]",
      "1083 [data-column=received]",
      "1007 [data-column=z],[data-column=sleep]",
    ]);
  });

  it("leave out on paper what cannot be pressed there", () => {
    expect(columnStyles(COLUMN_IDS)).toContain(
      "@media print{[data-column=why],[data-column=coach]{display:none}}",
    );
  });
});

describe("the morning check-in", () => {
  const shown = (row: SquadRow) => columnOf("checkIn").value(row, words);

  it("waits until somebody in the squad has answered", () => {
    expect(absentColumns([nothing, nothing])).toEqual(["checkIn"]);
    const answeredBefore = { ...nothing, checkIn: { answers: null, hasAnswered: true } };
    expect(absentColumns([nothing, answeredBefore])).toEqual([]);
  });

  it("tells each answer, and what was left out as that", () => {
    expect(shown(everything)).toEqual([
      'checkIn.answers {"sleepQuality":3,"fatigue":6,"soreness":"checkIn.left","lifeStress":1}',
      [3, 6, null, 1],
    ]);
  });

  it("says that there is no answer, and nothing of who stopped sharing", () => {
    expect(shown(nothing)).toEqual(["checkIn.none"]);
    expect(shown({ ...nothing, standing: { kind: "stopped" } })).toEqual(["–"]);
  });

  it("ranks nobody", () => {
    expect(columnOf("checkIn").sort).toBeUndefined();
    expect(sortKeyOf("checkIn")).toBe("attention");
  });
});

describe("the order of the list", () => {
  const row = (name: string, of: Partial<SquadRow>): SquadRow => ({
    ...nothing,
    name,
    section: "rest",
    ...of,
  });
  const names = (rows: SquadRow[]) => rows.map(({ name }) => name).join(" ");

  it("keeps the sections, then follows the column, what is not known last whichever way", () => {
    const change = (changePercent: number | null) => ({ load: { ...nothing.load, changePercent } });
    const rows = [
      row("a", { z: null, ...change(5) }),
      row("b", { z: 1, ...change(null) }),
      row("c", { z: -1, ...change(40) }),
      row("d", { z: 2, ...change(0), section: "look" }),
    ];
    expect(names(inOrder(rows, "z"))).toBe("d c b a");
    expect(names(inOrder(rows, "load"))).toBe("d c a b");
    expect(names(inOrder(rows, "name"))).toBe("d a b c");
  });

  it("is attention where the address asks for an order that there is not", () => {
    expect([undefined, "z", "attention", "hrv", "__proto__"].map((asked) => sortKeyOf(asked))).toEqual([
      "attention",
      "z",
      "attention",
      "attention",
      "attention",
    ]);
  });
});
