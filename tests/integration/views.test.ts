import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/context";
import { createLog } from "@/lib/log";
import { providers } from "@/lib/providers/registry";
import { decideDay, writeNote } from "@/lib/services/athletes/days";
import { viewAthlete } from "@/lib/services/athletes/view";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewWhy } from "@/lib/services/squads/look";
import { squadVersion, viewSquad } from "@/lib/services/squads/view";
import { addDays } from "@/lib/time/civil-date";
import { seedSource } from "../support/athletes";
import { freshDatabase } from "../support/database";

const now = new Date("2026-03-20T06:00:00Z");
const today = "2026-03-20";
const locale = "en-GB";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let coach: Context;
let stranger: Context;
let squadId: string;
const ids: Record<string, string> = {};

type Story = {
  mean: number;
  today?: number;
  load?: (daysAgo: number) => number;
  nights?: number;
  stopped?: true;
};

const stories: Record<string, Story> = {
  Flagged: { mean: 60, today: 38, load: (daysAgo) => (daysAgo === 1 ? 180 : 60) },
  Steady: { mean: 70, today: 70, load: () => 60 },
  Short: { mean: 55, today: 55, load: () => 60, nights: 10 },
  Silent: { mean: 65, load: () => 60 },
  Gone: { mean: 50, today: 50, load: () => 60, stopped: true },
};

beforeAll(async () => {
  database = await freshDatabase();
  coach = await aTeam("coach@example.org");
  stranger = await aTeam("stranger@example.org");
  const [squad] = await database.owner`
    insert into squads (team_id, name, time_zone, preset)
    values (${coach.teamId}, 'Sculls', 'Europe/Helsinki', 'brief') returning id`;
  squadId = squad?.id;
  for (const [name, story] of Object.entries(stories)) ids[name] = await anAthlete(name, story);
  await score();
});

afterAll(() => database.close());

async function aTeam(email: string): Promise<Context> {
  const [team] = await database.owner`insert into teams (name) values ('Team') returning id`;
  const [user] =
    await database.owner`insert into users (email, name) values (${email}, 'Line Krogh') returning id`;
  await database.owner`insert into memberships (team_id, user_id, role) values (${team?.id}, ${user?.id}, 'coach')`;
  const actor = { kind: "coach", userId: user?.id, role: "coach" } as const;
  return { db: database.db, actor, teamId: team?.id, now, log: createLog("test"), providers };
}

async function anAthlete(name: string, story: Story): Promise<string> {
  const { owner } = database;
  const team = coach.teamId;
  const [athlete] = await owner`
    insert into athletes (team_id, squad_id, name, stopped_at)
    values (${team}, ${squadId}, ${name}, ${story.stopped ? now : null}) returning id`;
  const id: string = athlete?.id;
  await owner`
    insert into connections (team_id, athlete_id, polar_user_id, member_id, status, connected_at, backfilled_at)
    values (${team}, ${id}, ${Math.floor(Math.random() * 1e9)}, ${randomUUID()},
      ${story.stopped ? "revoked" : "active"}, ${now}, ${now})`;
  await owner`
    insert into stream_states (team_id, athlete_id, stream, last_success_at, next_due_at)
    values (${team}, ${id}, 'nightly-recharge', ${now}, ${now})`;
  await seedSource(database.db, { teamId: `${team}`, athleteId: id });
  const span = story.nights ?? 70;
  for (let daysAgo = span; daysAgo >= 0; daysAgo--) {
    const date = addDays(today, -daysAgo);
    // A repeating wave gives every athlete a known mean and a spread of about 8 %.
    const wave = Math.exp(Math.sin(daysAgo * 2.1) * 0.11);
    const rmssdMs = daysAgo > 0 ? story.mean * wave : story.today;
    if (rmssdMs !== undefined) {
      await owner`
        insert into nights (team_id, athlete_id, source_id, metric, date, rmssd_ms, heart_rate_bpm, ans_charge, received_at)
        values (${team}, ${id}, 1, 'rmssd-night-window', ${date}, ${rmssdMs}, 50, 1.5, ${new Date(now.getTime() - daysAgo * 864e5)})`;
    }
    if (daysAgo > 0) {
      await owner`
        insert into daily_loads (team_id, athlete_id, date, cardio_load, polar)
        values (${team}, ${id}, ${date}, ${story.load?.(daysAgo) ?? 0}, '{}')`;
    }
  }
  return id;
}

async function score(): Promise<void> {
  const ctx: Context = { ...coach, actor: { kind: "job", job: "test" }, teamId: null };
  await scoreSquad({ ctx, input: { squadId } });
}

const look = (date?: string) => viewSquad({ ctx: coach, input: { squadId, date, locale } });
const rowOf = async (name: string) => (await look()).rows.find((row) => row.name === name);

describe("the squad view", () => {
  it("sorts every athlete into the section their level belongs to", async () => {
    const view = await look();
    expect(view.rows.map(({ name, section, level }) => [name, section, level])).toEqual([
      ["Flagged", "look", "flag"],
      ["Gone", "no-verdict", "no-verdict"],
      ["Short", "no-verdict", "no-verdict"],
      ["Silent", "no-verdict", "no-verdict"],
      ["Steady", "rest", "steady"],
    ]);
    // Who stopped stays in the list and is not counted.
    expect(view.counts).toMatchObject({ flag: 1, "no-verdict": 2, steady: 1 });
    expect(view.news).toEqual({ listed: 1, fresh: 1, continuing: 0 });
  });

  it("counts the nights that came among those that are expected, as the morning's mail does", async () => {
    const view = await look();
    expect(view.nights).toEqual({ nightsIn: 3, expected: 4, notExpected: 0 });
    // 06:00 UTC is eight in Helsinki, minutes after midnight.
    expect(view.arrivals).toEqual([480, 480, 480]);
  });

  it("holds a reading against the athlete's own baseline", async () => {
    const row = await rowOf("Flagged");
    expect(row?.baseline.mean).toBeCloseTo(Math.log(60), 1);
    expect(row?.z).toBeLessThan(-3);
    expect(row?.load.changePercent).toBeCloseTo(28.6, 1);
    expect(row?.load.rising).toBe(true);
    expect(row?.restingHr).toEqual({ bpm: 50, difference: 0 });
  });

  it("sends the reason along only where it is shown at once", async () => {
    expect((await rowOf("Flagged"))?.why?.evidence.level).toBe("flag");
    expect((await rowOf("Steady"))?.why).toBeNull();
    const asked = await viewWhy({
      ctx: coach,
      input: { squadId, athleteId: ids.Steady!, date: today, locale },
    });
    expect(asked?.evidence.level).toBe("steady");
    expect(asked?.nights).toHaveLength(21);
  });

  it("tells nothing of an athlete who stopped sharing", async () => {
    const row = await rowOf("Gone");
    expect(row?.standing).toEqual({ kind: "stopped" });
    expect(row?.spark).toBeNull();
    expect(row?.rmssdMs).toBeNull();
  });

  it("shows a past day as it was", async () => {
    const view = await look(addDays(today, -1));
    expect(view.rows.find((row) => row.name === "Flagged")?.level).not.toBe("flag");
    expect(view.today).toBe(today);
  });

  it("refuses a day that has not come", async () => {
    await expect(look(addDays(today, 1))).rejects.toMatchObject({ code: "bad-input" });
  });

  it("is not there for another team", async () => {
    await expect(viewSquad({ ctx: stranger, input: { squadId, locale } })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(squadVersion({ ctx: stranger, input: { squadId } })).rejects.toMatchObject({
      code: "not-found",
    });
    const input = { squadId, athleteId: ids.Steady!, date: today, locale };
    expect(await viewWhy({ ctx: stranger, input })).toBeNull();
  });
});

describe("the morning check-in of the squad view", () => {
  type Answers = { sleepQuality?: number; fatigue?: number; soreness?: number; lifeStress?: number };
  const answer = async (name: string, date: string, answers: Answers) => {
    const { sleepQuality = null, fatigue = null, soreness = null, lifeStress = null } = answers;
    await database.owner`
      insert into check_ins (team_id, athlete_id, date, sleep_quality, fatigue, soreness, life_stress, tags, answered_at)
      values (${coach.teamId}, ${ids[name]!}, ${date}, ${sleepQuality}, ${fatigue}, ${soreness}, ${lifeStress},
        '{ill}', ${now})`;
  };
  const told = async (date?: string) =>
    Object.fromEntries((await look(date)).rows.map(({ name, checkIn }) => [name, checkIn]));

  afterEach(() => database.owner`delete from check_ins`);

  it("is of the morning shown, and a question left out has no answer", async () => {
    await answer("Steady", addDays(today, -1), { sleepQuality: 7, fatigue: 7, soreness: 7, lifeStress: 7 });
    await answer("Flagged", today, { sleepQuality: 2, fatigue: 6, lifeStress: 1 });
    expect(await told()).toEqual({
      Flagged: { answers: { sleepQuality: 2, fatigue: 6, soreness: null, lifeStress: 1 }, hasAnswered: true },
      Steady: { answers: null, hasAnswered: true },
      Short: { answers: null, hasAnswered: false },
      Silent: { answers: null, hasAnswered: false },
      Gone: { answers: null, hasAnswered: false },
    });
    const before = await told(addDays(today, -1));
    expect(before.Steady?.answers?.fatigue).toBe(7);
    expect(before.Flagged).toEqual({ answers: null, hasAnswered: false });
  });

  it("has no answers in ticks alone", async () => {
    await answer("Steady", today, {});
    expect((await told()).Steady).toEqual({ answers: null, hasAnswered: false });
  });

  it("tells nothing of an athlete who stopped sharing", async () => {
    await answer("Gone", today, { fatigue: 7 });
    expect((await told()).Gone).toEqual({ answers: null, hasAnswered: false });
  });

  it("is seen by whoever sees the athlete's page, as it stands there", async () => {
    await answer("Steady", today, { sleepQuality: 3, fatigue: 5, soreness: 4, lifeStress: 2 });
    const viewer: Context = {
      ...coach,
      actor: { kind: "coach", userId: (coach.actor as { userId: string }).userId, role: "viewer" },
    };
    const page = await viewAthlete({ ctx: viewer, input: { athleteId: ids.Steady!, days: 30, locale } });
    const view = await viewSquad({ ctx: viewer, input: { squadId, locale } });
    const row = view.rows.find(({ name }) => name === "Steady");
    expect("stopped" in page ? null : page.dayEntry).toMatchObject(row?.checkIn.answers ?? {});
    expect(row?.checkIn.answers).toEqual({ sleepQuality: 3, fatigue: 5, soreness: 4, lifeStress: 2 });
  });

  it("changes the version that pages ask for", async () => {
    const { version: before } = await squadVersion({ ctx: coach, input: { squadId } });
    await answer("Steady", today, { fatigue: 5 });
    expect((await squadVersion({ ctx: coach, input: { squadId } })).version).not.toBe(before);
  });
});

describe("the access log", () => {
  const looks = (athleteId: string, what: string) =>
    database.owner`select looked_at from access_log where athlete_id = ${athleteId} and what = ${what}`;

  it("holds one look for many reloads, and another after ten minutes", async () => {
    await database.owner`delete from access_log`;
    await look();
    await look();
    expect(await looks(ids.Steady!, "squad-view")).toHaveLength(1);
    const later = { ...coach, now: new Date(now.getTime() + 11 * 60_000) };
    await viewSquad({ ctx: later, input: { squadId, locale } });
    expect(await looks(ids.Steady!, "squad-view")).toHaveLength(2);
  });

  it("holds one look when the page is asked for again before the first answer is out", async () => {
    await database.owner`delete from access_log`;
    const second = await database.db.transaction(async (tx) => {
      await viewSquad({ ctx: { ...coach, db: tx }, input: { squadId, locale } });
      const again = look();
      await Promise.race([again, wait(300)]);
      return { again };
    });
    await second.again;
    expect(await looks(ids.Steady!, "squad-view")).toHaveLength(1);
  });

  it("holds no look at an athlete of whom nothing was shown", async () => {
    await look();
    await viewAthlete({ ctx: coach, input: { athleteId: ids.Gone!, days: 90, locale } });
    expect(await database.owner`select 1 from access_log where athlete_id = ${ids.Gone!}`).toHaveLength(0);
  });

  it("holds the look at an athlete's page", async () => {
    await viewAthlete({ ctx: coach, input: { athleteId: ids.Steady!, days: 30, locale } });
    expect(await looks(ids.Steady!, "athlete-page")).toHaveLength(1);
  });
});

describe("a coach's word on an episode", () => {
  const key = () => ({ athleteId: ids.Flagged!, openedOn: today });

  it("stands beside the row until it is taken back", async () => {
    await sayVerdict({ ctx: coach, input: { ...key(), verdict: "known-cause", cause: "planned-load" } });
    expect((await rowOf("Flagged"))?.verdict).toMatchObject({ verdict: "known-cause", by: "Line Krogh" });
    await sayVerdict({ ctx: coach, input: { ...key(), verdict: null } });
    expect((await rowOf("Flagged"))?.verdict).toBeNull();
  });

  it("is for coaches of the team", async () => {
    const viewer: Context = { ...coach, actor: { kind: "coach", userId: randomUUID(), role: "viewer" } };
    const input = { ...key(), verdict: "acknowledged" } as const;
    await expect(sayVerdict({ ctx: viewer, input })).rejects.toMatchObject({ code: "forbidden" });
    await expect(sayVerdict({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });

  it("changes the version that pages ask for", async () => {
    const { version: before } = await squadVersion({ ctx: coach, input: { squadId } });
    await sayVerdict({ ctx: coach, input: { ...key(), verdict: "acknowledged" } });
    expect((await squadVersion({ ctx: coach, input: { squadId } })).version).not.toBe(before);
  });
});

describe("the athlete's page", () => {
  const open = async (name: string, day?: string) => {
    const view = await viewAthlete({ ctx: coach, input: { athleteId: ids[name]!, days: 30, day, locale } });
    if ("stopped" in view) throw new Error(`${name} stopped sharing`);
    return view;
  };

  it("holds every day of the range and the evidence of the chosen one", async () => {
    const view = await open("Flagged", addDays(today, -2));
    expect(view.days).toHaveLength(30);
    expect(view.days.at(-1)).toMatchObject({ date: today, level: "flag", rmssdMs: 38 });
    expect(view.why?.date).toBe(addDays(today, -2));
    expect(view.row?.level).toBe("flag");
  });

  it("is not there for another team", async () => {
    const input = { athleteId: ids.Flagged!, days: 30, locale };
    await expect(viewAthlete({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });

  it("takes a day out of the baseline and lets it count again", async () => {
    const day = { athleteId: ids.Steady!, date: addDays(today, -5), kind: "excluded" } as const;
    const before = (await open("Steady")).row?.baseline.n ?? 0;
    await decideDay({ ctx: coach, input: { ...day, tag: "sick" } });
    await score();
    const tagged = await open("Steady");
    expect(tagged.row?.baseline.n).toBe(before - 1);
    expect(tagged.days.find(({ date }) => date === day.date)?.excludedTag).toBe("sick");
    await decideDay({ ctx: coach, input: { ...day, tag: null } });
    await score();
    expect((await open("Steady")).row?.baseline.n).toBe(before);
    await expect(decideDay({ ctx: stranger, input: { ...day, tag: "sick" } })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("shows a coach's note, and takes none from another team", async () => {
    const note = { athleteId: ids.Steady!, date: today, text: "Slept in a new bed." };
    await writeNote({ ctx: coach, input: note });
    expect((await open("Steady")).notes).toEqual([
      expect.objectContaining({ text: note.text, by: "Line Krogh", fromAthlete: false }),
    ]);
    await expect(writeNote({ ctx: stranger, input: note })).rejects.toMatchObject({ code: "not-found" });
  });
});
