import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordLooks } from "@/db/queries/log";
import { users } from "@/db/schema/auth";
import {
  connections,
  owedDeregistrations,
  streamStates,
  transactionItems,
  transactions,
} from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { accessLog, rateBudgets, webhookDeliveries } from "@/db/schema/operation";
import { rawPayloads } from "@/db/schema/payload";
import { checkIns } from "@/db/schema/readiness";
import { athletes, consents, squads } from "@/db/schema/squad";
import { oneTimeLinks } from "@/db/schema/team";
import type { Context } from "@/lib/context";
import { unseal } from "@/lib/crypto/seal";
import { changeAthlete, purgeAthletes } from "@/lib/services/athletes/manage";
import { listOwnCheckIns, saveCheckIn } from "@/lib/services/check-ins/save";
import { sealToken } from "@/lib/services/connections/tokens";
import { MAIL_PURPOSE } from "@/lib/services/mail/queue";
import { exportEverything, viewLooks } from "@/lib/services/own-page/export";
import { viewProgress } from "@/lib/services/own-page/progress";
import { deleteNow, pauseSharing, stopSharing, viewLeaving } from "@/lib/services/own-page/sharing";
import { openPageLink, requestPageLink, viewPageLink } from "@/lib/services/own-page/sign-in";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { scoreAthlete } from "@/lib/services/readiness/score";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, flaggedDays, seedAthlete, seedDays, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let own: { teamId: string; athleteId: string };
let squadId: string;
/** 08:00 and 13:00 in Helsinki, the squad's zone. */
const morning = new Date("2026-05-20T05:00:00Z");
const afternoon = new Date("2026-05-20T10:00:00Z");

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.owner`truncate teams, users, outbox, webhook_deliveries, rate_budgets, owed_deregistrations cascade`;
  const seeded = await seedSquad(database.db);
  squadId = seeded.squadId;
  own = await seedAthlete(database.db, seeded);
});
afterAll(() => database.close());

const athlete = (now = morning): Context =>
  contextOf(database.db, { actor: { kind: "athlete", athleteId: own.athleteId }, teamId: own.teamId, now });
const job = (now = morning) => contextOf(database.db, { now });
const view = (now = morning) => viewOwnPage({ ctx: athlete(now), input: { locale: "en-GB" } });
const nothing = { sleepQuality: null, fatigue: null, soreness: null, lifeStress: null, tags: [], note: "" };
const checkIn = (answers: object, now = morning) =>
  saveCheckIn({ ctx: athlete(now), input: { ...nothing, ...answers } });

async function agree() {
  await database.db.insert(consents).values({
    ...own,
    textVersion: "1.abc",
    text: "word for word",
    locale: "en",
    streams: ["sleep", "nightly-recharge"],
    history: "with-history",
    acceptedAt: morning,
  });
}

test("a check-in keeps what was answered and leaves the rest unanswered", async () => {
  await checkIn({ sleepQuality: "3", tags: ["travel"], note: " Long flight " });
  const [row] = await database.db.select().from(checkIns);
  expect(row).toMatchObject({
    date: "2026-05-20",
    sleepQuality: 3,
    fatigue: null,
    soreness: null,
    lifeStress: null,
    tags: ["travel"],
    note: "Long flight",
  });
});

test("a check-in can be changed until noon of the squad, and a first one sent after noon", async () => {
  await checkIn({ fatigue: 6 });
  await checkIn({ fatigue: 2 }, new Date("2026-05-20T08:59:00Z"));
  expect((await view()).checkIn.questions).toContainEqual({ question: "fatigue", answer: 2 });
  await expect(checkIn({ fatigue: 1 }, afternoon)).rejects.toMatchObject({ code: "conflict" });
  expect((await view(afternoon)).checkIn).toMatchObject({ sent: true, open: false });
  await database.db.delete(checkIns);
  await checkIn({ fatigue: 1 }, afternoon);
  expect(await database.db.select().from(checkIns)).toHaveLength(1);
});

test("a second tab adds to what the first sent and empties nothing; the page as it is now changes anything", async () => {
  await checkIn({ fatigue: 6, tags: ["travel"], note: "Long flight" });
  await checkIn({ soreness: 2, tags: ["ill"] }, new Date("2026-05-20T05:10:00Z"));
  const [both] = await database.db.select().from(checkIns);
  expect(both).toMatchObject({ fatigue: 6, soreness: 2, tags: ["travel", "ill"], note: "Long flight" });
  const { basis } = (await view()).checkIn;
  await checkIn({ soreness: 2, basis }, new Date("2026-05-20T05:20:00Z"));
  const [only] = await database.db.select().from(checkIns);
  expect(only).toMatchObject({ fatigue: null, soreness: 2, tags: [], note: null });
});

test("a stale tab neither turns back nor empties what was sent meanwhile: only what changed in it counts", async () => {
  await checkIn({ fatigue: 3, soreness: 3, tags: ["travel"], note: "Early" });
  const { basis } = (await view()).checkIn;
  await checkIn(
    { fatigue: 6, soreness: 3, tags: ["travel", "ill"], note: "Fever", basis },
    new Date("2026-05-20T05:10:00Z"),
  );
  // The first tab still shows the first answers; only soreness and travel are changed there.
  await checkIn({ fatigue: 3, soreness: 5, note: "Early", basis }, new Date("2026-05-20T05:20:00Z"));
  const [row] = await database.db.select().from(checkIns);
  expect(row).toMatchObject({ fatigue: 6, soreness: 5, tags: ["ill"], note: "Fever" });
});

test("an empty check-in and an answer off the scale are refused with the field", async () => {
  await expect(checkIn({})).rejects.toMatchObject({ code: "bad-input" });
  await expect(checkIn({ fatigue: 8 })).rejects.toMatchObject({ code: "bad-input", field: "fatigue" });
  await expect(checkIn({ fatigue: "x" })).rejects.toMatchObject({ code: "bad-input", field: "fatigue" });
  expect(await database.db.select().from(checkIns)).toEqual([]);
});

test("what was sent is listed, the latest first, a page at a time, and nothing of anybody else", async () => {
  const other = await seedAthlete(database.db, { teamId: own.teamId, squadId });
  const row = { sleepQuality: null, soreness: null, lifeStress: null, answeredAt: morning };
  const mornings = Array.from({ length: 61 }, (_, ago) => addDays("2026-05-20", -ago));
  await database.db.insert(checkIns).values([
    ...mornings.map((date, ago) => ({
      ...own,
      ...row,
      date,
      fatigue: 1 + (ago % 7),
      tags: [],
      note: null,
    })),
    { ...other, ...row, date: "2026-05-20", fatigue: 7, tags: ["ill"], note: "not mine" },
  ]);
  await checkIn({ fatigue: 4, tags: ["travel", "ill"], note: "Long flight" });
  const first = await listOwnCheckIns({ ctx: athlete(), input: { page: 1 } });
  expect(first.total).toBe(61);
  expect(first.sent.map(({ date }) => date)).toEqual(mornings.slice(0, 60));
  expect(first.sent[0]).toMatchObject({ tags: ["ill", "travel"], note: "Long flight" });
  expect(first.sent[0]?.answers).toContainEqual({ question: "fatigue", answer: 4 });
  expect(first.sent[0]?.answers).toContainEqual({ question: "soreness", answer: null });
  const last = await listOwnCheckIns({ ctx: athlete(), input: { page: 2 } });
  expect(last.sent.map(({ date }) => date)).toEqual(mornings.slice(60));
  const beyond = await listOwnCheckIns({ ctx: athlete(), input: { page: 9e19 } });
  expect(beyond).toEqual({ ...last, page: 2 });
});

test("no answer is chosen beforehand", async () => {
  const { questions, tags, note } = (await view()).checkIn;
  expect(questions.map((asked) => asked.answer)).toEqual([null, null, null, null]);
  expect(tags.some((one) => one.ticked)).toBe(false);
  expect(note).toBe("");
});

test("the athlete sees the level and the sentence of the coach, unless the squad keeps it to the coaches", async () => {
  await seedDays(database.db, own, { from: addDays("2026-05-20", -79), days: flaggedDays() });
  await scoreAthlete({ ctx: job(), input: { athleteId: own.athleteId } });
  expect((await view()).level).toMatchObject({
    kind: "day",
    date: "2026-05-20",
    level: "flag",
    calls: true,
    phrases: [{ key: "sentences.flag", values: { ms: "50" } }],
  });
  expect((await view()).trend.at(-1)).toMatchObject({ date: "2026-05-20", rmssdMs: 50 });
  await database.db.update(squads).set({ athletesSeeLevel: false });
  expect((await view()).level).toEqual({ kind: "hidden" });
});

test("who looked is listed by name, the latest first", async () => {
  const [coach] = await database.db
    .insert(users)
    .values({ email: "line@example.org", name: "Line Krogh" })
    .returning();
  const look = { ...own, actorKind: "coach", actorUserId: coach?.id } as const;
  await database.db.insert(accessLog).values([
    { ...look, what: "squad-view", lookedAt: new Date("2026-05-19T05:00:00Z") },
    { ...look, what: "athlete-page", lookedAt: morning },
  ]);
  const { latest, total } = await viewLooks({ ctx: athlete(), input: { page: 1, limit: 1 } });
  const beyond = await viewLooks({ ctx: athlete(), input: { page: Number.POSITIVE_INFINITY, limit: 1 } });
  expect([beyond.page, beyond.total, beyond.latest.length]).toEqual([total, total, 1]);
  expect(total).toBe(2);
  expect(latest).toMatchObject([{ who: { kind: "person", name: "Line Krogh" }, what: "athlete-page" }]);
});

test("progress tells waiting, running, done and failed apart, companions counted in", async () => {
  const state = (stream: string, more: Partial<typeof streamStates.$inferInsert>) => ({
    ...own,
    stream,
    ...more,
  });
  await database.db
    .insert(streamStates)
    .values([
      state("sleep", { foundCount: 28, readCount: 28, backfilledAt: morning }),
      state("nightly-recharge", { foundCount: 28, readCount: 7 }),
      state("cardio-load", {}),
      state("activities", { backfilledAt: morning }),
      state("activity-details", { errorCode: "provider-failed" }),
    ]);
  const { streams, done } = await viewProgress({ ctx: athlete() });
  const told = streams.map(({ stream, state: is, found, read }) => [stream, is, found, read]);
  expect(done).toBe(false);
  expect(told).toEqual([
    ["nightly-recharge", "running", 28, 7],
    ["sleep", "done", 28, 28],
    ["cardio-load", "waiting", 0, 0],
    ["activities", "failed", 0, 0],
  ]);
});

test("a first sync is told to wait only while it runs and Polar's quota does not hold it", async () => {
  const waits = async () => {
    const [page, progress] = [await view(), await viewProgress({ ctx: athlete() })];
    expect(progress.firstSyncWait).toEqual(page.firstSyncWait);
    return page.firstSyncWait;
  };
  const resetsAt = new Date("2026-05-20T05:14:00Z");
  const quota = { window: "15-minutes", limit: 500, resetsAt, updatedAt: morning } as const;
  await database.db.insert(streamStates).values({ ...own, stream: "sleep" });
  await database.db.insert(rateBudgets).values({ ...quota, used: 440 });
  expect(await waits(), "the first sync is done").toBeNull();
  await database.db.update(connections).set({ backfilledAt: null });
  const wait = await waits();
  expect(wait).toMatchObject({ timeZone: "Europe/Helsinki", today: "2026-05-20" });
  expect(wait?.untilMs).toBeGreaterThan(resetsAt.getTime());
  await database.db.update(rateBudgets).set({ used: 100 });
  expect(await waits(), "the quota holds it").toBeNull();
});

test("stopping withdraws the consent, ends the connection, and names the day of deletion", async () => {
  await agree();
  expect(await viewLeaving({ ctx: athlete() })).toMatchObject({ stopped: false, endsAccess: true });
  const { deleteAfter } = await stopSharing({ ctx: athlete() });
  expect(await viewLeaving({ ctx: athlete() })).toMatchObject({
    stopped: true,
    endsAccess: false,
    deleteAfter,
  });
  expect(deleteAfter.toISOString()).toBe("2026-06-19T05:00:00.000Z");
  expect((await stopSharing({ ctx: athlete(afternoon) })).deleteAfter).toEqual(deleteAfter);
  const page = await view();
  expect(page.sharing.state).toBe("stopped");
  expect(page.consent).toBeNull();
  const [connection] = await database.db.select().from(connections);
  expect(connection?.status).toBe("revoked");
  await expect(checkIn({ fatigue: 2 })).rejects.toMatchObject({ code: "forbidden" });
});

test("the job deletes on the promised day and not before, and nothing of the athlete is left", async () => {
  await agree();
  await checkIn({ fatigue: 2 });
  await seedDays(database.db, own, { from: addDays("2026-05-20", -79), days: flaggedDays() });
  await scoreAthlete({ ctx: job(), input: { athleteId: own.athleteId } });
  const [connection] = await database.db.select().from(connections);
  await database.db.insert(webhookDeliveries).values({
    sha256: "1",
    event: "SLEEP",
    polarUserId: connection?.polarUserId,
    body: "{}",
    known: true,
    receivedAt: morning,
  });
  await database.db
    .insert(accessLog)
    .values({ ...own, actorKind: "system", what: "mail", lookedAt: morning });
  await database.db.update(athletes).set({ email: "ingrid@example.org" });
  const visitor = contextOf(database.db, { actor: { kind: "visitor" }, now: morning });
  await requestPageLink({ ctx: visitor, input: { email: "ingrid@example.org" } });
  const { deleteAfter } = await stopSharing({ ctx: athlete() });
  expect(await purgeAthletes({ ctx: job(new Date(deleteAfter.getTime() - 1)) })).toEqual({ purged: 0 });
  expect(await purgeAthletes({ ctx: job(deleteAfter) })).toEqual({ purged: 1 });
  const tables = await database.owner<{ name: string; rows: string }[]>`
    select table_name as name, (xpath('/row/c/text()', query_to_xml(format(
      'select count(*) as c from %I where athlete_id = %L', table_name, ${own.athleteId}::text), false, true, '')))[1]::text as rows
    from information_schema.columns where column_name = 'athlete_id' and table_schema = 'public'`;
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter((table) => table.rows !== "0")).toEqual([]);
  expect(await database.db.select().from(athletes)).toEqual([]);
  expect(await database.db.select().from(webhookDeliveries)).toEqual([]);
});

test("nothing has to look through every athlete's rows for each payload that is deleted", async () => {
  const unindexed = await database.owner`
    select conrelid::regclass::text as table, conname from pg_constraint c
    where contype = 'f' and confrelid = 'raw_payloads'::regclass
      and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`;
  expect(unindexed).toEqual([]);
});

test("deleting at once deletes at once; while Polar does not answer it waits for Polar, a week at most", async () => {
  const second = await seedAthlete(database.db, { teamId: own.teamId, squadId });
  const ctx = contextOf(database.db, {
    actor: { kind: "athlete", athleteId: second.athleteId },
    teamId: own.teamId,
    now: morning,
  });
  expect(await deleteNow({ ctx })).toEqual({ deleted: "now" });
  expect(await database.db.select().from(athletes)).toHaveLength(1);
  await database.db
    .update(connections)
    .set({ accessTokenSealed: sealToken("polar does not answer in this test") });
  expect(await deleteNow({ ctx: athlete() })).toEqual({ deleted: "soon" });
  expect(await purgeAthletes({ ctx: job(afternoon) })).toEqual({ purged: 0 });
  const aWeekLater = new Date(morning.getTime() + 8 * 86_400_000);
  expect(await purgeAthletes({ ctx: job(aWeekLater) })).toEqual({ purged: 1 });
  // The data are gone; the token is still Polar's to end.
  expect(await database.db.select().from(owedDeregistrations)).toMatchObject([{ attempts: 0 }]);
});

async function download() {
  let text = "";
  for await (const piece of exportEverything({ ctx: athlete() })) text += piece;
  return { text, everything: JSON.parse(text) };
}

test("an export is one JSON text with every part, without secrets, and is logged", async () => {
  await agree();
  await checkIn({ fatigue: 2 });
  await seedDays(database.db, own, { from: "2026-05-01", days: flaggedDays().slice(0, 20) });
  const payload = { ...own, stream: "sleep", resource: "night", revision: 1, fetchedAt: morning };
  await database.db.insert(rawPayloads).values(
    Array.from({ length: 120 }, (_, at) => ({
      ...payload,
      providerKey: `night-${at}`,
      body: `{"n":${at}}`,
      sha256: String(at),
    })),
  );
  await database.db.update(connections).set({ accessTokenSealed: "v1.sealed.away" });
  const { text, everything } = await download();
  expect(everything.athlete.name).toBe("Ingrid Solheim");
  expect(everything.nights).toHaveLength(20);
  expect(everything.checkIns).toMatchObject([{ fatigue: 2 }]);
  expect(everything.consents).toMatchObject([{ text: "word for word" }]);
  expect(new Set(everything.rawPayloads.map((row: { id: string }) => row.id)).size).toBe(120);
  expect(text).not.toContain("v1.sealed.away");
  const [logged] = await database.db.select().from(accessLog);
  expect(logged).toMatchObject({ ...own, what: "export", actorKind: "athlete" });
});

test("an export holds what others did with the athlete's data, and nothing of another athlete", async () => {
  const other = await seedAthlete(database.db, { teamId: own.teamId, squadId }, { name: "Somebody Else" });
  const [line] = await database.db
    .insert(users)
    .values({ email: "line@example.org", name: "Line Krogh" })
    .returning();
  const coach = contextOf(database.db, {
    actor: { kind: "coach", userId: line?.id ?? "", role: "coach" },
    teamId: own.teamId,
    now: morning,
  });
  await database.db
    .update(athletes)
    .set({ email: "ingrid@example.org" })
    .where(eq(athletes.id, own.athleteId));
  for (const { athleteId } of [own, other]) {
    await changeAthlete({ ctx: coach, input: { athleteId, groupName: "Sculls" } });
    await recordLooks(database.db, {
      teamId: own.teamId,
      athleteIds: [athleteId],
      userId: line?.id ?? "",
      what: "athlete-page",
      lookedAt: morning,
    });
  }
  await pauseSharing({ ctx: athlete() });
  const visitor = contextOf(database.db, { actor: { kind: "visitor" }, now: morning });
  await requestPageLink({ ctx: visitor, input: { email: "ingrid@example.org" } });
  const rows = await database.db.select().from(connections);
  for (const { polarUserId, ...connection } of rows) {
    await database.db.insert(webhookDeliveries).values({
      sha256: String(polarUserId),
      event: "SLEEP",
      polarUserId,
      body: `{"user_id":${polarUserId}}`,
      known: true,
      receivedAt: morning,
    });
    const { teamId, athleteId, id: connectionId } = connection;
    const transactionId = randomUUID();
    await database.db.insert(transactions).values({
      id: transactionId,
      teamId,
      athleteId,
      connectionId,
      stream: "exercises",
      delivery: "transaction",
      state: "committed",
      openedAt: morning,
    });
    const uri = `https://polar.example.org/exercises/${athleteId}`;
    await database.db
      .insert(transactionItems)
      .values({ transactionId, teamId, athleteId, uri, state: "stored" });
  }
  const news = { level: "flag", news: "opened", openedOn: "2026-05-20" } as const;
  await database.db.insert(mails).values({
    teamId: own.teamId,
    squadId,
    userId: line?.id,
    kind: "morning",
    key: "morning/1",
    toEmail: "line@example.org",
    subject: "Fjordline",
    state: "sent",
    messageId: "1",
    newsDate: "2026-05-20",
    frozen: { athletes: [own, other].map(({ athleteId }) => ({ ...news, athleteId })) },
    queuedAt: morning,
    sentAt: morning,
  });
  const { text, everything } = await download();
  expect(everything.accessLog).toMatchObject([
    { actorName: "Line Krogh", what: "athlete-page" },
    { actorKind: "athlete", actorName: null, what: "export" },
  ]);
  expect(everything.auditLog).toMatchObject([
    { action: "athlete/changed", actorName: "Line Krogh", detail: { fields: "groupName" } },
    { action: "athlete/paused", actor: `athlete/${own.athleteId}`, actorName: null },
  ]);
  const polarUserId = rows.find(({ athleteId }) => athleteId === own.athleteId)?.polarUserId;
  expect(everything.webhookDeliveries).toMatchObject([{ event: "SLEEP", polarUserId }]);
  expect(everything.transactionItems).toMatchObject([{ uri: expect.stringContaining(own.athleteId) }]);
  expect(everything.mails).toMatchObject([{ kind: "athlete-page", toEmail: "ingrid@example.org" }]);
  expect(everything.mailsAbout).toMatchObject([
    { readerName: "Line Krogh", newsDate: "2026-05-20", told: [news] },
  ]);
  expect(everything.oneTimeLinks).toMatchObject([{ purpose: "athlete-page", email: "ingrid@example.org" }]);
  const others = rows.find(({ athleteId }) => athleteId === other.athleteId)?.polarUserId;
  for (const foreign of [other.athleteId, "Somebody Else", String(others)])
    expect(text).not.toContain(foreign);
  expect(text).not.toMatch(/sealed|tokenHash/i);
});

test("an export has a part for every table with rows of an athlete", async () => {
  const tables = await database.owner<{ name: string }[]>`
    select table_name as name from information_schema.columns join information_schema.tables
      using (table_schema, table_name)
    where column_name = 'athlete_id' and table_schema = 'public' and table_type = 'BASE TABLE'`;
  const { everything } = await download();
  const parts = tables.map(({ name }) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase()));
  // Who syncs the athlete at this very moment: gone when the sync ends.
  expect(parts.filter((part) => !(part in everything))).toEqual(["syncLeases"]);
});

test("the mailed way back opens the page once within an hour; a scanner that looks at it does no harm", async () => {
  await database.db.update(athletes).set({ email: "ingrid@example.org" });
  const visitor = (now = morning) => contextOf(database.db, { actor: { kind: "visitor" }, now });
  await requestPageLink({ ctx: visitor(), input: { email: "Ingrid@example.org" } });
  await requestPageLink({ ctx: visitor(), input: { email: "stranger@example.org" } });
  const sent = await database.db.select().from(mails);
  expect(sent).toMatchObject([{ kind: "athlete-page", toEmail: "ingrid@example.org" }]);
  const token = await openMail();
  const later = new Date(morning.getTime() + 61 * 60_000);
  await expect(viewPageLink({ ctx: visitor(later), input: { token } })).rejects.toMatchObject({
    code: "link-ended",
  });
  await viewPageLink({ ctx: visitor(), input: { token } });
  await viewPageLink({ ctx: visitor(), input: { token } });
  expect(await openPageLink({ ctx: visitor(), input: { token } })).toEqual({ athleteId: own.athleteId });
  await expect(openPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject({
    code: "link-ended",
  });
});

test("an address asked for again and again gets three open links at most", async () => {
  await database.db.update(athletes).set({ email: "ingrid@example.org" });
  const ctx = contextOf(database.db, { actor: { kind: "visitor" }, now: morning });
  for (let times = 0; times < 5; times++)
    await requestPageLink({ ctx, input: { email: "ingrid@example.org" } });
  const open = await database.db
    .select()
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.athleteId, own.athleteId), eq(oneTimeLinks.purpose, "athlete-page")));
  expect(open).toHaveLength(3);
});

/** The token in the one mail that was queued. */
async function openMail(): Promise<string> {
  const [mail] = await database.db.select().from(mails);
  const secret = Buffer.alloc(32, 7).toString("base64");
  const { text } = JSON.parse(unseal(mail?.bodySealed ?? "", { secret, purpose: MAIL_PURPOSE }));
  return /\/me\/open\/([\w-]+)/.exec(text)?.[1] ?? "";
}
