import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections, streamStates, transactionItems, transactions } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { jobFailures, outbox } from "@/db/schema/operation";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import type { Context } from "@/lib/context";
import { recordEvents } from "@/lib/services/events/outbox";
import { recordJobFailure, settleJobFailure } from "@/lib/services/jobs/failures";
import { beat } from "@/lib/services/jobs/health";
import { tidy } from "@/lib/services/jobs/retention";
import { giveUpMail, sendMailAgain, settleLostMails } from "@/lib/services/mail/deliver";
import { queueMail } from "@/lib/services/mail/queue";
import { viewOperation } from "@/lib/services/operation/view";
import { sweepOwed } from "@/lib/services/owed/sweep";
import { askReprocess } from "@/lib/services/payloads/reprocess";
import { giveUpUpload } from "@/lib/services/readings/recordings";
import { viewConnections } from "@/lib/services/squads/connections";
import { viewLedger } from "@/lib/services/sync/ledger";
import { removeWebhook, setUpWebhook, webhookStatus } from "@/lib/services/webhooks/manage";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

const now = new Date("2026-11-19T06:00:00Z");
let database: Awaited<ReturnType<typeof freshDatabase>>;
/** The team that the installation was set up with. */
let installation: Place;

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
  installation = await place();
});
afterAll(() => database.close());

type Place = { ctx: Context; teamId: string; squadId: string; athleteId: string };

/** An owner with one athlete, in a team of their own. */
async function place(): Promise<Place> {
  const squad = await seedSquad(database.db);
  const { athleteId } = await seedAthlete(database.db, squad);
  const actor = { kind: "coach", userId: randomUUID(), role: "owner" } as const;
  return { ...squad, athleteId, ctx: contextOf(database.db, { actor, teamId: squad.teamId, now }) };
}

/** A transaction whose one item does not load. */
async function stuckTransaction({ teamId, athleteId }: Place) {
  const { db } = database;
  const [connection] = await db.select().from(connections).where(eq(connections.athleteId, athleteId));
  const id = randomUUID();
  const owned = { teamId, athleteId };
  await db
    .insert(streamStates)
    .values({ ...owned, stream: "exercises", failures: 2, errorCode: "provider-failed" });
  await db.insert(transactions).values({
    ...owned,
    id,
    connectionId: connection!.id,
    stream: "exercises",
    delivery: "transaction",
    resourceUri: "https://www.polaraccesslink.com/v3/users/1/exercise-transactions/2",
    state: "open",
    offeredCount: 2,
    openedAt: now,
  });
  const uri = "https://www.polaraccesslink.com/v3/users/1/exercise-transactions/2/exercises/3";
  await db
    .insert(transactionItems)
    .values({ ...owned, transactionId: id, uri, state: "offered", attempts: 3, error: "500" });
  return { id, uri };
}

async function quarantinedPayload({ teamId, athleteId }: Place): Promise<void> {
  const payloadId = randomUUID();
  await database.db.insert(rawPayloads).values({
    id: payloadId,
    teamId,
    athleteId,
    stream: "sleep",
    resource: "sleep",
    providerKey: "2026-11-18",
    body: "{}",
    sha256: randomUUID(),
    revision: 1,
    fetchedAt: now,
  });
  await database.db.insert(quarantinedFields).values({
    teamId,
    athleteId,
    rawPayloadId: payloadId,
    path: "$.light_sleep",
    reason: "a number was expected",
    parserVersion: 4,
    quarantinedAt: now,
  });
}

const eventsNamed = async (name: string) =>
  (await database.db.select().from(outbox).where(eq(outbox.name, name))).map((event) => event.data);

test("what needs a person is listed with its evidence, of the own team only", async () => {
  const [own, other] = [await place(), await place()];
  const { id } = await stuckTransaction(own);
  await quarantinedPayload(own);
  await quarantinedPayload(other);
  await stuckTransaction(other);
  await database.db
    .update(connections)
    .set({ status: "needs-reconnection" })
    .where(eq(connections.athleteId, other.athleteId));
  const view = await viewOperation({ ctx: own.ctx, input: { mails: "few" } });
  expect(view.troubles).toMatchObject([
    { athleteId: own.athleteId, stream: "exercises", stuckItems: 1, transactionId: id, failures: 2 },
  ]);
  expect(view.quarantined).toMatchObject([
    { athleteId: own.athleteId, path: "$.light_sleep", reason: "a number was expected", parserVersion: 4 },
  ]);
  expect(view.broken).toEqual([]);
  expect(view.squads).toMatchObject([{ squadId: own.squadId, connected: 1, streams: 1, inOrder: 0 }]);
  const foreign = await viewOperation({ ctx: other.ctx, input: { mails: "few" } });
  expect(foreign.broken).toMatchObject([{ athleteId: other.athleteId, status: "needs-reconnection" }]);
  expect(foreign.troubles).toEqual([]);
});

test("the embedded engine's runs are counted by job", async () => {
  const { ctx } = installation;
  const event = JSON.stringify({ name: "x", data: {} });
  const run = (state: string, endedAt: string | null) => sql`
    insert into engine.runs (id, function_id, event, state, ended_at)
    values (${randomUUID()}, 'restday-sync-athlete', ${event}::jsonb, ${state}, ${endedAt}::timestamptz)`;
  for (const each of [
    run("finished", "2026-11-19T05:00:00Z"),
    run("finished", "2026-11-17T05:00:00Z"),
    run("failed", "2026-11-17T05:00:00Z"),
    run("queued", null),
    run("active", null),
    run("sleeping", null),
  ])
    await database.db.execute(each);
  const { runs } = await viewOperation({ ctx, input: { mails: "few" } });
  const counts = { running: 1, waiting: 1, sleeping: 1, finishedToday: 1, failedWeek: 1 };
  expect(runs).toMatchObject([{ functionId: "sync-athlete", ...counts }]);
  expect(runs?.[0]?.lastEndedAtMs).toBe(Date.parse("2026-11-19T05:00:00Z"));
});

test("the ledger tells addresses, counts and what did not load, stream by stream", async () => {
  const own = await place();
  const { id, uri } = await stuckTransaction(own);
  const { ctx, athleteId } = own;
  const view = await viewLedger({ ctx, input: { athleteId } });
  expect(view.entries).toMatchObject([{ id, state: "open", offeredCount: 2, storedCount: 0, stuckItems: 1 }]);
  expect(view.stuck[id]).toMatchObject([{ uri, attempts: 3, error: "500" }]);
  expect((await viewLedger({ ctx, input: { athleteId, stream: "sleep" } })).entries).toEqual([]);
});

test("a job that gave up is asked for again, or taken off the list", async () => {
  const { ctx, athleteId } = installation;
  const failure = (functionId: string, subjectId: string | null) => ({
    id: randomUUID(),
    functionId,
    subjectId,
    error: "the database was away",
    failedAt: now,
  });
  const [scoring, nightly, foreign] = [
    failure("score-athlete", athleteId),
    failure("retention", null),
    failure("score-athlete", (await place()).athleteId),
  ];
  await database.db.insert(jobFailures).values([scoring, nightly, foreign]);
  const listed = async () =>
    (await viewOperation({ ctx, input: { mails: "few" } })).failures.map((one) => [one.id, one.canRunAgain]);
  expect(new Map((await listed()) as [string, boolean][])).toEqual(
    new Map([
      [scoring.id, true],
      [nightly.id, false],
    ]),
  );
  await settleJobFailure({ ctx, input: { failureId: scoring.id, how: "again" } });
  expect(await eventsNamed("athlete/day.changed")).toContainEqual({ athleteId });
  await expect(
    settleJobFailure({ ctx, input: { failureId: nightly.id, how: "again" } }),
  ).rejects.toMatchObject({
    code: "conflict",
  });
  await settleJobFailure({ ctx, input: { failureId: nightly.id, how: "dealt-with" } });
  expect(await listed()).toEqual([]);
  await expect(
    settleJobFailure({ ctx, input: { failureId: foreign.id, how: "dealt-with" } }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("what all teams share is told and done by the owners of the installation only", async () => {
  const other = await place();
  const ofNobody = {
    id: randomUUID(),
    functionId: "retention",
    subjectId: null,
    error: "away",
    failedAt: now,
  };
  const ofTheirs = { ...ofNobody, id: randomUUID(), functionId: "score-athlete", subjectId: other.athleteId };
  await database.db.insert(jobFailures).values([ofNobody, ofTheirs]);
  const own = await viewOperation({ ctx: installation.ctx, input: { mails: "few" } });
  expect(own).toMatchObject({
    operation: { waiting: expect.any(Number) },
    jobs: { worker: expect.any(String) },
  });
  expect(own.failures.map(({ id }) => id)).toEqual([ofNobody.id]);
  const theirs = await viewOperation({ ctx: other.ctx, input: { mails: "few" } });
  expect(theirs).toMatchObject({ operation: null, jobs: null, runs: null, webhook: null });
  expect(theirs.failures.map(({ id }) => id)).toEqual([ofTheirs.id]);
  const strip = ({ ctx, squadId }: Place) => viewConnections({ ctx, input: { squadId } });
  expect((await strip(other)).operation).toBeNull();
  expect((await strip(installation)).operation).toMatchObject({ waiting: expect.any(Number) });
  const input = { failureId: ofNobody.id, how: "dealt-with" } as const;
  await expect(settleJobFailure({ ctx: other.ctx, input })).rejects.toMatchObject({ code: "not-found" });
  for (const verb of [webhookStatus, setUpWebhook, removeWebhook]) {
    await expect(verb({ ctx: other.ctx })).rejects.toMatchObject({ code: "forbidden" });
    // Nothing is Polar here: whoever may ask learns that it does not answer.
    await expect(verb({ ctx: installation.ctx })).rejects.not.toMatchObject({ code: "forbidden" });
  }
});

/** A mail whose tries are used up. */
async function refusedMail({ teamId }: Place, kind: "invitation" | "morning"): Promise<string> {
  const job = contextOf(database.db, { now });
  const key = randomUUID();
  const input = {
    kind,
    key,
    teamId,
    toEmail: "nobody",
    subject: "",
    html: "<p>Welcome</p>",
    text: "Welcome",
  };
  await queueMail({ ctx: job, input });
  const [mail] = await database.db.select().from(mails).where(eq(mails.key, key));
  await giveUpMail({ ctx: job, input: { mailId: mail!.id, error: "550 no such mailbox" } });
  return mail!.id;
}

test("an invitation that was refused goes again; one with health values keeps no text and does not", async () => {
  const own = await place();
  const { ctx } = own;
  const [invitation, morning] = [await refusedMail(own, "invitation"), await refusedMail(own, "morning")];
  const before = (await viewOperation({ ctx, input: { mails: "few" } })).mails;
  expect(new Map(before.map((mail) => [mail.id, [mail.state, mail.canSendAgain]]))).toEqual(
    new Map([
      [invitation, ["failed", true]],
      [morning, ["failed", false]],
    ]),
  );
  await sendMailAgain({ ctx, input: { mailId: invitation } });
  expect(await eventsNamed("mail/queued")).toContainEqual({ mailId: invitation });
  const [queued] = await database.db.select().from(mails).where(eq(mails.id, invitation));
  expect(queued).toMatchObject({ state: "queued", error: null });
  for (const mailId of [invitation, morning])
    await expect(sendMailAgain({ ctx, input: { mailId } })).rejects.toMatchObject({ code: "conflict" });
});

test("the text of a mail that failed goes after a week", async () => {
  const own = await place();
  const mailId = await refusedMail(own, "invitation");
  const textOn = async (date: string) => {
    await tidy({ ctx: contextOf(database.db, { now: new Date(date) }) });
    const [mail] = await database.db.select().from(mails).where(eq(mails.id, mailId));
    return mail?.bodySealed;
  };
  expect(await textOn("2026-11-25T06:00:00Z")).toMatch(/^v1\./);
  expect(await textOn("2026-11-26T06:00:01Z")).toBeNull();
});

test("what is owed is told kind by kind; only what is late and nobody else asks for needs a person", async () => {
  const { ctx, teamId, athleteId } = installation;
  const job = contextOf(database.db, { now });
  const ago = (minutes: number) =>
    contextOf(database.db, { now: new Date(now.getTime() - minutes * 60_000) });
  await database.owner`truncate owed, job_failures, job_beats, outbox cascade`;
  await database.owner`update mails set state = 'sent' where state = 'queued'`;
  await beat({ ctx: job });
  const view = () => viewOperation({ ctx, input: { mails: "all" } });
  const before = (await view()).needs;
  expect((await view()).owed).toEqual([]);

  const mail = {
    kind: "invitation",
    teamId,
    toEmail: "a@example.org",
    subject: "",
    html: "",
    text: "",
  } as const;
  for (const minutes of [50, 5])
    await queueMail({ ctx: ago(minutes), input: { ...mail, key: randomUUID() } });
  await recordEvents(ago(90), [{ name: "athlete/reprocess.requested", data: { athleteId } }]);
  await recordEvents(ago(30), [{ name: "athlete/day.changed", data: { athleteId } }]);
  // The engine lost it. Asked for again: since when it is owed does not move.
  await database.owner`update outbox set relayed_at = ${now}`;
  await sweepOwed({ ctx: ago(20) });
  await sweepOwed({ ctx: job });
  const kinds = ["athlete/reprocess.requested", "mail/queued", "athlete/day.changed"];
  const owedNow = (await view()).owed!;
  const at = (minutes: number) => now.getTime() - minutes * 60_000;
  expect(owedNow.filter(({ event }) => kinds.includes(event))).toMatchObject([
    {
      event: "athlete/reprocess.requested",
      job: "reprocess-athlete",
      count: 1,
      oldestAtMs: at(90),
      isLate: false,
    },
    { event: "mail/queued", job: "deliver-mail", count: 2, oldestAtMs: at(50), isLate: false },
    { event: "athlete/day.changed", job: "score-athlete", count: 1, oldestAtMs: at(30), isLate: false },
  ]);
  expect((await view()).mails.filter(({ state }) => state === "queued")).toHaveLength(2);
  expect((await view()).needs).toBe(before);

  const later: Context = { ...ctx, now: new Date(now.getTime() + 45 * 60_000) };
  const lateView = async () => viewOperation({ ctx: later, input: { mails: "few" } });
  const late = (await lateView()).owed!.filter(({ isLate }) => isLate);
  expect(late.map(({ event }) => event)).toEqual(["mail/queued", "athlete/day.changed"]);
  expect((await lateView()).needs).toBe(before + 2);
  // What gave up is on the list of jobs, and is counted there.
  const failed = { functionId: "score-athlete", subjectId: athleteId, error: "away" };
  await recordJobFailure({ ctx: job, input: failed });
  expect((await lateView()).needs).toBe(before + 2);
  // Of a worker that stands still one thing is said.
  await database.owner`delete from job_beats`;
  await database.owner`truncate engine.runs cascade`;
  expect((await lateView()).needs).toBe(before + 2);
  const theirs = await place();
  expect((await viewOperation({ ctx: theirs.ctx, input: { mails: "few" } })).owed).toBeNull();
});

test("what is given up is owed no longer", async () => {
  await database.owner`truncate owed cascade`;
  const job = contextOf(database.db, { now });
  await refusedMail(installation, "invitation");
  // The sender of this one was lost on the way.
  const { teamId } = installation;
  const text = { subject: "", html: "", text: "" };
  const lost = { kind: "invitation", key: randomUUID(), teamId, toEmail: "b@example.org", ...text } as const;
  await queueMail({ ctx: job, input: lost });
  const claimedAt = new Date(now.getTime() - 3_600_000);
  await database.db.update(mails).set({ state: "claimed", claimedAt }).where(eq(mails.key, lost.key));
  expect(await settleLostMails({ ctx: job })).toEqual({ unknown: 1 });
  const uploadId = randomUUID();
  await recordEvents(job, [{ name: "reading/uploaded", data: { uploadId } }]);
  await giveUpUpload({ ctx: job, input: { uploadId, functionId: "read-upload", error: "too large" } });
  expect((await viewOperation({ ctx: installation.ctx, input: { mails: "few" } })).owed).toEqual([]);
});

test("syncs that brought nothing leave the ledger after thirty days, but for each stream's latest", async () => {
  const { teamId, athleteId } = await place();
  const [connection] = await database.db
    .select()
    .from(connections)
    .where(eq(connections.athleteId, athleteId));
  const entry = (daysAgo: number, of: Partial<typeof transactions.$inferInsert> = {}) => ({
    id: randomUUID(),
    teamId,
    athleteId,
    connectionId: connection!.id,
    stream: "sleep",
    delivery: "window" as const,
    state: "committed" as const,
    openedAt: new Date(now.getTime() - daysAgo * 86_400_000),
    ...of,
  });
  const kept = [
    entry(31, { storedCount: 1 }),
    entry(29),
    entry(50, { stream: "exercises", state: "open" }),
    entry(60, { stream: "activities", state: "abandoned" }),
  ];
  const gone = [entry(31), entry(40, { state: "abandoned" })];
  await database.db.insert(transactions).values([...kept, ...gone]);
  await tidy({ ctx: contextOf(database.db, { now }) });
  const left = await database.db.select().from(transactions).where(eq(transactions.athleteId, athleteId));
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
});

test("an athlete's payloads are read again by a job", async () => {
  const { ctx, athleteId } = await place();
  await askReprocess({ ctx, input: { athleteId } });
  expect(await eventsNamed("athlete/reprocess.requested")).toContainEqual({ athleteId });
});
