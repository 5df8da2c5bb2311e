import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { users } from "@/db/schema/auth";
import { mails } from "@/db/schema/mail";
import { jobFailures, outbox } from "@/db/schema/operation";
import { readinessDays } from "@/db/schema/readiness";
import { squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { inngest, transport } from "@/inngest/client";
import { closeJobDatabase } from "@/inngest/context";
import { createEmbeddedEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions/index";
import { recordEvents, relayOutbox } from "@/lib/services/events/outbox";
import { queueMail } from "@/lib/services/mail/queue";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { type Mailbox, startMailbox } from "@/scripts/mailbox/mailbox";
import { contextOf, flaggedDays, seedAthlete, seedDays, seedSquad, silent } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let mailbox: Mailbox;
let engine: ReturnType<typeof createEmbeddedEngine>;
const folder = mkdtempSync(join(tmpdir(), "restday-jobs-"));
const timeZone = "UTC";

beforeAll(async () => {
  database = await freshDatabase();
  mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
  stubEnvironment({ DATABASE_URL: database.url, SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}` });
  engine = createEmbeddedEngine({
    client: inngest,
    transport,
    functions,
    url: database.url,
    log: silent,
    backoff: () => 10,
  });
  await engine.start();
});

afterAll(async () => {
  await engine.stop();
  await closeJobDatabase();
  await mailbox.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Hands over what services recorded, again and again, as the worker does. */
async function relayUntil(done: () => Promise<void>): Promise<void> {
  await vi.waitFor(
    async () => {
      await relayOutbox({ db: database.db, send: (events) => engine.send(events) });
      await done();
    },
    { timeout: 30_000, interval: 200 },
  );
}

const context = () => contextOf(database.db, { now: new Date() });

async function flaggedSquad() {
  const squad = await seedSquad(database.db, { timeZone });
  const [coach] = await database.db
    .insert(users)
    .values({ email: `${squad.squadId}@example.org` })
    .returning();
  await database.db.insert(memberships).values({ teamId: squad.teamId, userId: coach!.id, role: "owner" });
  const athlete = await seedAthlete(database.db, squad);
  const from = addDays(civilDateIn(new Date(), timeZone), -79);
  await seedDays(database.db, athlete, { from, days: flaggedDays() });
  return { ...squad, athleteId: athlete.athleteId, email: coach!.email };
}

test("from a changed day to the coach's mailbox, through the jobs alone", async () => {
  const { squadId, athleteId, email } = await flaggedSquad();
  await recordEvents(context(), [{ name: "athlete/day.changed", data: { athleteId } }]);
  await relayUntil(async () => {
    const [mail] = await database.db.select().from(mails).where(eq(mails.squadId, squadId));
    expect(mail).toMatchObject({ kind: "morning", state: "sent", toEmail: email });
  });
  const days = await database.db.select().from(readinessDays).where(eq(readinessDays.athleteId, athleteId));
  expect(days).toHaveLength(80);
  const response = await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`);
  expect(await response.json()).toMatchObject([
    { subject: "1 athlete to look at this morning", to: [email] },
  ]);
});

test("changed settings score the whole squad again", async () => {
  const { squadId, athleteId } = await flaggedSquad();
  await database.db.update(squads).set({ preset: "quiet" }).where(eq(squads.id, squadId));
  await recordEvents(context(), [{ name: "squad/settings.changed", data: { squadId } }]);
  await relayUntil(async () => {
    const days = await database.db.select().from(readinessDays).where(eq(readinessDays.athleteId, athleteId));
    expect(days.map((day) => day.preset)).toEqual(Array(80).fill("quiet"));
  });
});

test("a mail that is refused for good is told to nobody again, and events carry ids only", async () => {
  await queueMail({
    ctx: context(),
    input: { kind: "invitation", key: "bad", toEmail: "nobody", subject: "", html: "<p></p>", text: "" },
  });
  await relayUntil(async () => {
    const [mail] = await database.db.select().from(mails).where(eq(mails.key, "bad"));
    expect(mail).toMatchObject({ state: "failed", sentAt: null });
  });
  const events = await database.db.select().from(outbox);
  for (const event of events)
    for (const [name, value] of Object.entries(event.data)) {
      expect(name).toMatch(/Id$|^reason$/);
      expect(value).toMatch(/^[0-9a-f-]{36}$|^[a-z]+$/);
    }
});

test("a job that gives up is kept for the operator, without anything it was given", async () => {
  await recordEvents(context(), [{ name: "athlete/day.changed", data: { athleteId: "no uuid" } }]);
  await relayUntil(async () => {
    expect(await database.db.select().from(jobFailures)).toMatchObject([
      {
        functionId: "score-athlete",
        subjectId: "no uuid",
        error: "A query failed: invalid input syntax for type uuid (22P02)",
      },
    ]);
  });
});
