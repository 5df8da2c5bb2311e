import fc from "fast-check";
import { expect, test } from "vitest";
import type { Level } from "../readiness/types";
import { addDays } from "../time/civil-date";
import { type AlertDay, episodesOf } from "./episodes";
import { countToLookAt, laterNews, type Mailed, morningNews, sectionOf } from "./morning";

const FIRST = "2026-03-01";
const LEVELS: Record<string, Level> = {
  r: "recovery",
  f: "flag",
  u: "unexplained",
  s: "steady",
  n: "no-verdict",
};

function daysOf(letters: string): AlertDay[] {
  return [...letters].map((letter, i) => ({
    date: addDays(FIRST, i),
    level: LEVELS[letter]!,
    mailable: "rfu".includes(letter),
  }));
}

/** Sends every mail that is due, morning by morning, and says what each morning told: o opened, e escalated, - nothing. */
function replay(letters: string): string {
  const days = daysOf(letters);
  const mailed: Mailed[] = [];
  return days
    .map(({ date }) => {
      const news = morningNews({ date, athletes: [{ athleteId: "a", days, mailed }] });
      const told = [...news.opened, ...news.escalated][0];
      if (told) mailed.push({ date, level: told.level });
      return news.opened.length > 0 ? "o" : news.escalated.length > 0 ? "e" : "-";
    })
    .join("");
}

test("tells of an episode once, and again when it rises", () => {
  expect(replay("sfffs")).toBe("-o---");
  expect(replay("sufrf")).toBe("-oee-");
});

test("after a closed episode keeps quiet for seven days from its opening", () => {
  expect(replay("fsssf")).toBe("o----");
  expect(replay("fsssssf")).toBe("o------");
  expect(replay("fssssssf")).toBe("o------o");
});

test("a higher level ends the quiet", () => {
  expect(replay("fsssr")).toBe("o---o");
  expect(replay("fsssfr")).toBe("o----o");
});

test("an episode kept quiet is told when it outlasts the seven days", () => {
  expect(replay("fsssffff")).toBe("o------o");
});

test("an episode kept quiet does not prolong the quiet", () => {
  expect(replay("fsssfsssf")).toBe("o-------o");
});

test("every athlete is in exactly one list and nothing is silently dropped", () => {
  const athletes = [
    { athleteId: "opened", days: daysOf("ssf"), mailed: [] },
    {
      athleteId: "escalated",
      days: daysOf("sur"),
      mailed: [{ date: "2026-03-02", level: "unexplained" as const }],
    },
    {
      athleteId: "continuing",
      days: daysOf("sfs"),
      mailed: [{ date: "2026-03-02", level: "flag" as const }],
    },
    { athleteId: "ill", days: daysOf("sfn"), mailed: [{ date: "2026-03-02", level: "flag" as const }] },
    { athleteId: "absent", days: daysOf("ss"), mailed: [] },
    { athleteId: "fine", days: daysOf("sss"), mailed: [] },
  ];
  const news = morningNews({ date: "2026-03-03", athletes });
  expect(news.opened.map((entry) => entry.athleteId)).toEqual(["opened"]);
  expect(news.escalated.map((entry) => entry.athleteId)).toEqual(["escalated"]);
  expect(news.continuing).toMatchObject([{ athleteId: "continuing", level: "steady" }]);
  expect(news.noVerdict).toEqual([{ athleteId: "ill" }, { athleteId: "absent" }]);
  expect(news.others).toEqual([{ athleteId: "fine", level: "steady" }]);
  expect(news.send).toBe(true);
});

test("the mail counts whom the page lists, whatever this coach was told before", () => {
  const date = "2026-03-03";
  const told = (level: Level): Mailed[] => [{ date: "2026-03-02", level }];
  const athletes = [
    { athleteId: "opened today", days: daysOf("ssf"), mailed: [] },
    { athleteId: "rose today", days: daysOf("sur"), mailed: told("unexplained") },
    { athleteId: "goes on, told", days: daysOf("sff"), mailed: told("flag") },
    { athleteId: "goes on, never told", days: daysOf("sff"), mailed: [] },
    { athleteId: "opened yesterday, fine today", days: daysOf("sfs"), mailed: [] },
    { athleteId: "told, fine today", days: daysOf("sfs"), mailed: told("flag") },
    { athleteId: "told, no reading today", days: daysOf("sfn"), mailed: told("flag") },
  ];
  const { today, opened, escalated } = morningNews({ date, athletes });
  expect(countToLookAt(today)).toEqual({ listed: 4, fresh: 2, continuing: 2 });
  expect(today.map(({ section }) => section)).toEqual([
    ...["look", "look", "look", "look"],
    ...["rest", "rest", "no-verdict"],
  ]);
  expect([...opened, ...escalated].map(({ athleteId }) => athleteId)).toEqual([
    "opened today",
    "goes on, never told",
    "opened yesterday, fine today",
    "rose today",
  ]);
});

test("a day's section: a mailed level counts among those to look at on a firm baseline only", () => {
  const on = (level: Level, mailable = false) => sectionOf({ level, mailable });
  expect([on("flag", true), on("flag"), on("watch"), on("high"), on("steady"), on("no-verdict")]).toEqual([
    ...["look", "watch", "watch", "rest", "rest", "no-verdict"],
  ]);
  expect(sectionOf(undefined)).toBe("no-verdict");
});

test("no mail goes out when nothing opened or rose", () => {
  const athletes = [
    { athleteId: "a", days: daysOf("ff"), mailed: [{ date: FIRST, level: "flag" as const }] },
  ];
  expect(morningNews({ date: "2026-03-02", athletes })).toMatchObject({
    send: false,
    opened: [],
    escalated: [],
  });
});

test("a mail about an episode that a recomputation took away still keeps quiet", () => {
  const athletes = [
    { athleteId: "a", days: daysOf("ssssf"), mailed: [{ date: FIRST, level: "flag" as const }] },
  ];
  expect(morningNews({ date: "2026-03-05", athletes }).send).toBe(false);
});

const one = (letters: string, mailed: Mailed[] = []) => [{ athleteId: "a", days: daysOf(letters), mailed }];

test("an episode that opened after yesterday's mail is this morning's news, whatever today brings", () => {
  const date = "2026-03-02";
  for (const today of ["f", "s", "n"])
    expect(morningNews({ date, athletes: one(`f${today}`) })).toMatchObject({
      send: true,
      opened: [{ athleteId: "a", level: "flag", on: today === "f" ? date : FIRST }],
      continuing: [],
      noVerdict: [],
    });
  const told = one("fs", [{ date: FIRST, level: "flag" }]);
  expect(morningNews({ date, athletes: told })).toMatchObject({
    send: false,
    continuing: [{ level: "steady" }],
  });
});

test("a level that rose after yesterday's mail is this morning's news as well", () => {
  const mailed: Mailed[] = [{ date: FIRST, level: "flag" }];
  const news = morningNews({ date: "2026-03-02", athletes: one("rs", mailed) });
  expect(news.escalated).toMatchObject([{ level: "recovery", on: FIRST }]);
});

test("an episode that was kept quiet is no news on a day without a mailed level", () => {
  const athletes = one("fsssffs", [{ date: FIRST, level: "flag" }]);
  expect(morningNews({ date: "2026-03-07", athletes }).send).toBe(false);
});

test("later on a day only what its morning did not tell is news", () => {
  const told: Mailed[] = [{ date: "2026-03-02", level: "flag" }];
  const later = (letters: string, mailed: Mailed[]) =>
    laterNews({ date: "2026-03-02", athletes: one(letters, mailed) });
  expect(later("sf", []).opened).toMatchObject([{ level: "flag", on: "2026-03-02" }]);
  expect(later("sf", told)).toMatchObject({ send: false, continuing: [{ level: "flag" }] });
  expect(later("sr", told).escalated).toMatchObject([{ level: "recovery" }]);
});

type Arrival = { level: string; at: "before" | "later" | "after noon"; asleep: boolean; laterMail: boolean };
type Told = { on: number; openedOn: string; kind: "opened" | "escalated"; level: Level };

/** Lives through days on which nights arrive at any time and the machine may sleep; says what was mailed when. */
function live(arrivals: readonly Arrival[]): { told: Told[]; untold: string[] } {
  const told: Told[] = [];
  const untold: string[] = [];
  const letters = arrivals.map((arrival) => arrival.level);
  const seen = (index: number, isIn: boolean) =>
    daysOf(letters.slice(0, index).join("") + (isIn ? letters[index] : "n"));
  arrivals.forEach(({ at, asleep, laterMail }, index) => {
    if (asleep) return;
    const date = addDays(FIRST, index);
    const mailed = () => told.map(({ on, level }) => ({ date: addDays(FIRST, on), level }));
    const tell = (newsOf: typeof morningNews, isIn: boolean) => {
      const days = seen(index, isIn);
      const news = newsOf({ date, athletes: [{ athleteId: "a", days, mailed: mailed() }] });
      for (const kind of ["opened", "escalated"] as const)
        for (const { episode, level } of news[kind])
          told.push({ on: index, openedOn: episode.openedOn, kind, level });
    };
    tell(morningNews, at === "before");
    const hasLaterMail = at === "later" && laterMail;
    if (hasLaterMail) tell(laterNews, true);
    const left = laterNews({
      date,
      athletes: [{ athleteId: "a", days: seen(index, at === "before" || hasLaterMail), mailed: mailed() }],
    });
    if (left.send) untold.push(date);
  });
  return { told, untold };
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  level: fc.constantFrom("s", "s", "n", "u", "f", "f", "r"),
  at: fc.constantFrom("before", "before", "later", "after noon"),
  asleep: fc.constantFrom(false, false, false, true),
  laterMail: fc.boolean(),
});

test("whenever nights arrive, an opened episode is told exactly once, and no later than the next morning that is held", () => {
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 1, maxLength: 40 }), (arrivals) => {
      const { told, untold } = live(arrivals);
      expect(untold).toEqual([]);
      const openings = told.filter(({ kind }) => kind === "opened").map(({ openedOn }) => openedOn);
      expect(new Set(openings).size).toBe(openings.length);
      // Within an episode every further telling stands higher than all before it.
      for (const { openedOn } of told) {
        const levels = told.filter((mail) => mail.openedOn === openedOn).map(({ level }) => level);
        expect(new Set(levels).size).toBe(levels.length);
      }
      const known = new Set(
        episodesOf(daysOf(arrivals.map(({ level }) => level).join(""))).map((e) => e.openedOn),
      );
      expect(openings.filter((openedOn) => !known.has(openedOn))).toEqual([]);
    }),
    { numRuns: 600 },
  );
});
