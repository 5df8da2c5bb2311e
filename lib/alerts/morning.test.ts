import { expect, test } from "vitest";
import type { Level } from "../readiness/types";
import { addDays } from "../time/civil-date";
import type { AlertDay } from "./episodes";
import { type Mailed, morningNews } from "./morning";

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
    { athleteId: "ill", days: daysOf("sfn"), mailed: [] },
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
