import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { mails } from "@/db/schema/mail";
import { accessLog, jobFailures, outbox } from "@/db/schema/operation";
import { readinessDays } from "@/db/schema/readiness";
import { invitations, type squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { seal } from "@/lib/crypto/seal";
import { deliverMail, listMails, settleLostMails } from "@/lib/services/mail/deliver";
import { MAIL_PURPOSE, queueMail } from "@/lib/services/mail/queue";
import { requestFirstNews, sendMorningMail } from "@/lib/services/news/send";
import { resumeMorningMails, stopLink, stopMorningMails } from "@/lib/services/news/subscription";
import { readNews } from "@/lib/services/news/tell";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewSquad } from "@/lib/services/squads/view";
import { addDays } from "@/lib/time/civil-date";
import { type Mailbox, startMailbox } from "@/scripts/mailbox/mailbox";
import {
  contextOf,
  fallingDays,
  flaggedDays,
  type SeedDay,
  seedAthlete,
  seedDays,
  seedSquad,
  steadyDays,
} from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

type Received = {
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

let database: Awaited<ReturnType<typeof freshDatabase>>;
let mailbox: Mailbox;
const folder = mkdtempSync(join(tmpdir(), "restday-mail-"));
const today = "2026-05-20";
/** 07:00 in Helsinki. */
const morning = new Date("2026-05-20T04:00:00Z");

beforeAll(async () => {
  database = await freshDatabase();
  mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
});
beforeEach(async () => {
  stubEnvironment({ SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}` });
  await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`, { method: "DELETE" });
});
afterAll(async () => {
  await mailbox.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const job = (now = morning) => contextOf(database.db, { now });

async function received(): Promise<Received[]> {
  const response = await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`);
  return (await response.json()) as Received[];
}

async function seedCoach(teamId: string, role: "owner" | "coach" | "viewer" = "coach") {
  const userId = randomUUID();
  const email = `${userId}@example.org`;
  await database.db.insert(users).values({ id: userId, email });
  await database.db.insert(memberships).values({ teamId, userId, role });
  return { userId, email };
}

async function seedStory(
  athletes: Record<string, SeedDay[]>,
  settings: Partial<typeof squads.$inferInsert> = {},
) {
  const squad = await seedSquad(database.db, settings);
  const coach = await seedCoach(squad.teamId);
  const ids = new Map<string, string>();
  for (const [name, days] of Object.entries(athletes)) {
    const athlete = await seedAthlete(database.db, squad, { name });
    await seedDays(database.db, athlete, { from: addDays(today, 1 - 80), days });
    ids.set(name, athlete.athleteId);
  }
  return { ...squad, coach, idOf: (name: string) => ids.get(name)! };
}

async function mailsOf(squadId: string) {
  return database.db.select().from(mails).where(eq(mails.squadId, squadId)).orderBy(asc(mails.queuedAt));
}

async function deliverAll(squadId: string) {
  for (const mail of await mailsOf(squadId)) await deliverMail({ ctx: job(), input: { mailId: mail.id } });
}

const later = (days: number) => new Date(morning.getTime() + days * 86_400_000);

test("the morning mail reaches the coach with names and reasons, and none of it in the subject", async () => {
  const squad = await seedStory({
    "Ingrid Solheim": fallingDays(),
    "Mateus Aguiar": flaggedDays(),
    "Kwame Boateng": steadyDays(79),
    "Oskar Wójcik": [...Array(70).fill({}), ...steadyDays(10)],
    "Maren Dahl": steadyDays(80),
  });
  expect(await sendMorningMail({ ctx: job(), input: squad })).toEqual({ mails: 1 });
  await deliverAll(squad.squadId);
  const [mail] = await received();
  expect(mail?.subject).toBe("2 athletes to look at this morning");
  expect(mail?.to).toEqual([squad.coach.email]);
  for (const part of [mail!.text, mail!.html.replaceAll("<!-- -->", "")]) {
    expect(part).toContain("Ingrid Solheim");
    expect(part).toContain("Suggest an unplanned recovery day.");
    expect(part).toMatch(/HRV 50 ms today, below the usual \d+–\d+ \(z −\d\.\d\), while\s+load rose \d+\s%/);
    expect(part).toContain("What would clear it");
    expect(part).toMatch(
      /2 have no verdict:\s+no reading from\s+Kwame Boateng,\s+baseline too short for Oskar\s+Wójcik\./,
    );
    expect(part).toMatch(/1 is steady\s+or\s+high\./);
    expect(part).toMatch(/By chance alone this squad would see 0 or 1 athletes flagged/);
    expect(part).toContain("Data: Polar, and values derived from Polar data");
  }
  expect(mail!.text.indexOf("Ingrid Solheim")).toBeLessThan(mail!.text.indexOf("Mateus Aguiar"));
  expect(mail!.html).toContain(`http://localhost:3000/athletes/${squad.idOf("Ingrid Solheim")}`);
  expect(mail!.html.length).toBeLessThan(30_000);
  expect(mail!.html).not.toContain("<img");
  expect(mail!.headers["list-unsubscribe"]).toContain(`/mail/stop/${squad.squadId}`);
  expect(mail!.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
});

test("page and mail count alike: new, continuing, without a verdict, and chance", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays(), "Kwame Boateng": steadyDays(79) });
  await sendMorningMail({ ctx: job(), input: squad });
  await deliverAll(squad.squadId);
  const tomorrow = addDays(today, 1);
  const newcomer = await seedAthlete(database.db, squad, { name: "Ingrid Solheim" });
  await seedDays(database.db, newcomer, { from: addDays(tomorrow, 1 - 80), days: flaggedDays() });
  const goesOn = { teamId: squad.teamId, athleteId: squad.idOf("Mateus Aguiar") };
  await seedDays(database.db, goesOn, { from: tomorrow, days: [{ rmssdMs: 56, load: 150 }] });
  expect(await sendMorningMail({ ctx: job(later(1)), input: squad })).toEqual({ mails: 1 });
  await deliverAll(squad.squadId);
  const mail = (await received()).find(({ subject }) => subject.startsWith("2 athletes"));
  const actor = { kind: "coach", userId: squad.coach.userId, role: "coach" } as const;
  const ctx = contextOf(database.db, { actor, teamId: squad.teamId, now: later(1) });
  const view = await viewSquad({ ctx, input: { squadId: squad.squadId, locale: "en-GB" } });
  expect(view.news).toEqual({ listed: 2, fresh: 1, continuing: 1 });
  expect(mail?.subject).toBe("2 athletes to look at this morning");
  expect(mail?.text).toContain("1 new, 1 continuing.");
  expect(mail?.text).toMatch(/Mateus Aguiar\s+continues\s+\(flag,\s+since\s+\w+\)/);
  expect(mail?.text).toMatch(new RegExp(`${view.counts["no-verdict"]} has no verdict`));
  const { from, to } = view.chance;
  expect(mail?.text).toMatch(new RegExp(`would see ${from} (or|to) ${to} athletes`));
});

test("what was mailed is frozen in the ledger, its text is gone, and the look is logged", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays(), "Kwame Boateng": steadyDays(79) });
  await sendMorningMail({ ctx: job(), input: squad });
  const [queued] = await mailsOf(squad.squadId);
  expect(queued).toMatchObject({ state: "queued", newsDate: today, kind: "morning" });
  expect(queued?.bodySealed).not.toContain("Mateus");
  await deliverAll(squad.squadId);
  const athleteId = squad.idOf("Mateus Aguiar");
  expect((await mailsOf(squad.squadId))[0]).toMatchObject({
    state: "sent",
    bodySealed: null,
    sentAt: morning,
    frozen: { athletes: [{ athleteId, level: "flag", news: "opened", openedOn: today }] },
  });
  const looks = await database.db.select().from(accessLog).where(eq(accessLog.teamId, squad.teamId));
  expect(new Set(looks.map((look) => [look.what, look.actorUserId, look.athleteId].join()))).toEqual(
    new Set(
      ["Mateus Aguiar", "Kwame Boateng"].map((name) => `mail,${squad.coach.userId},${squad.idOf(name)}`),
    ),
  );
});

test("a squad's morning is told once, whoever asks again, and every coach gets one mail, viewers none", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays() });
  await seedCoach(squad.teamId, "owner");
  await seedCoach(squad.teamId, "viewer");
  const runs = await Promise.all([1, 2, 3].map(() => sendMorningMail({ ctx: job(), input: squad })));
  expect(runs.map((run) => run.mails).toSorted()).toEqual([0, 0, 2]);
  expect(await mailsOf(squad.squadId)).toHaveLength(2);
});

test("nothing opened, no mail; a provisional baseline is never mailed", async () => {
  const provisional = flaggedDays().map((day, i) => (i < 55 ? {} : day));
  const squad = await seedStory({ "Maren Dahl": steadyDays(80), "Kwame Boateng": provisional });
  expect(await sendMorningMail({ ctx: job(), input: squad })).toEqual({ mails: 0 });
  const [row] = await database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, squad.idOf("Kwame Boateng")))
    .orderBy(asc(readinessDays.date))
    .offset(24);
  expect(row).toMatchObject({ date: today, level: "flag", baselineGrade: "provisional" });
});

test("an episode is mailed when it opens and again only when it rises", async () => {
  const squad = await seedStory({ "Ingrid Solheim": flaggedDays() });
  const athlete = { teamId: squad.teamId, athleteId: squad.idOf("Ingrid Solheim") };
  await sendMorningMail({ ctx: job(), input: squad });
  await seedDays(database.db, athlete, { from: addDays(today, 1), days: [{ rmssdMs: 56, load: 150 }] });
  expect(await sendMorningMail({ ctx: job(later(1)), input: squad })).toEqual({ mails: 0 });
  const coach = { kind: "coach", userId: squad.coach.userId, role: "coach" } as const;
  const ctx = contextOf(database.db, { actor: coach, teamId: squad.teamId, now: later(1) });
  expect(await readNews({ ctx, input: { ...squad, date: addDays(today, 1) } })).toMatchObject({
    continuing: [{ level: "flag", episode: { openedOn: today } }],
  });
  await seedDays(database.db, athlete, {
    from: addDays(today, 2),
    days: [49, 47, 45, 43].map((rmssdMs, i) => ({ rmssdMs, load: 150 + 10 * i })),
  });
  const told: number[] = [];
  for (const day of [2, 3, 4, 5])
    told.push((await sendMorningMail({ ctx: job(later(day)), input: squad })).mails);
  expect(told.reduce((sum, mailsOfDay) => sum + mailsOfDay, 0)).toBe(1);
  expect((await mailsOf(squad.squadId)).at(-1)?.frozen?.athletes).toMatchObject([
    { level: "recovery", news: "escalated", openedOn: today },
  ]);
});

test("a squad's first news is asked for once everybody is scored, and not while an invitation is on its way", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays() });
  const asked = async () => {
    await requestFirstNews({ ctx: job() });
    const events = await database.db.select().from(outbox).where(eq(outbox.name, "squad/news.requested"));
    return events.filter((event) => event.data.squadId === squad.squadId).length;
  };
  expect(await asked()).toBe(0);
  await scoreSquad({ ctx: job(), input: squad });
  const invitation = {
    teamId: squad.teamId,
    athleteId: squad.idOf("Mateus Aguiar"),
    tokenHash: randomUUID(),
    expiresAt: later(14),
    createdAt: morning,
  };
  await database.db.insert(invitations).values(invitation);
  expect(await asked()).toBe(0);
  await database.db.update(invitations).set({ usedAt: morning });
  expect(await asked()).toBe(1);
  await sendMorningMail({ ctx: job(), input: squad });
  expect(await asked()).toBe(1);
});

test("a coach may stop a squad's mails by the link in them, and have them back", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays() });
  const token = stopLink({ userId: squad.coach.userId, squadId: squad.squadId, what: "morning" })
    .split("/")
    .at(-1)!;
  const ctx = contextOf(database.db, { actor: { kind: "visitor" }, now: morning });
  await expect(stopMorningMails({ ctx, input: { token: `${token}x` } })).rejects.toMatchObject({
    code: "link-ended",
  });
  await stopMorningMails({ ctx, input: { token } });
  expect(await sendMorningMail({ ctx: job(), input: squad })).toEqual({ mails: 0 });
  await resumeMorningMails({ ctx, input: { token } });
  expect(await sendMorningMail({ ctx: job(later(1)), input: squad })).toEqual({ mails: 1 });
});

const letter = (key: string) => ({
  kind: "invitation" as const,
  key,
  toEmail: "line@example.org",
  subject: "Hello",
  html: "<p>Hello</p>",
  text: "Hello",
});

async function queued(key: string) {
  await queueMail({ ctx: job(), input: letter(key) });
  const [mail] = await database.db.select().from(mails).where(eq(mails.key, key));
  return mail!;
}

const stateOf = async (key: string) =>
  (await database.db.select().from(mails).where(eq(mails.key, key)))[0]?.state;

test("a mail of the same key is queued once and asked for once", async () => {
  const { id } = await queued("twice");
  await queued("twice");
  const events = await database.db.select().from(outbox).where(eq(outbox.name, "mail/queued"));
  expect(events.filter((event) => event.data.mailId === id)).toHaveLength(1);
});

test("a reader whom the server refuses ends a mail, and it is not tried again", async () => {
  const { id, messageId } = await queued("refused");
  await database.db.update(mails).set({ toEmail: "nobody" }).where(eq(mails.id, id));
  expect(await deliverMail({ ctx: job(), input: { mailId: id } })).toEqual({ state: "failed" });
  expect(messageId).toBe(`${id}@localhost`);
  expect(await deliverMail({ ctx: job(), input: { mailId: id } })).toEqual({ state: "not-queued" });
});

test("a server that is away leaves the mail queued, and the next try sends it", async () => {
  const { id } = await queued("away");
  await mailbox.close();
  await expect(deliverMail({ ctx: job(), input: { mailId: id } })).rejects.toMatchObject({
    certainty: "not-sent",
  });
  expect(await stateOf("away")).toBe("queued");
  mailbox = await startMailbox({ httpPort: mailbox.httpPort, smtpPort: mailbox.smtpPort, folder });
  expect(await deliverMail({ ctx: job(), input: { mailId: id } })).toEqual({ state: "sent" });
  expect((await received())[0]?.headers["message-id"]).toBe(`<${id}@localhost>`);
});

test("a mail that another key sealed waits for the process that has it", async () => {
  const { id } = await queued("other-key");
  const [own] = await database.db.select().from(mails).where(eq(mails.id, id));
  const foreign = seal("{}", { secret: "another installation's key", purpose: MAIL_PURPOSE });
  await database.db.update(mails).set({ bodySealed: foreign }).where(eq(mails.id, id));
  await expect(deliverMail({ ctx: job(), input: { mailId: id } })).rejects.toThrow("another ENCRYPTION_KEY");
  expect(await stateOf("other-key")).toBe("queued");
  await database.db.update(mails).set({ bodySealed: own?.bodySealed }).where(eq(mails.id, id));
  expect(await deliverMail({ ctx: job(), input: { mailId: id } })).toEqual({ state: "sent" });
});

test("two deliveries at once send one mail", async () => {
  const { id } = await queued("once");
  const states = await Promise.all([1, 2, 3].map(() => deliverMail({ ctx: job(), input: { mailId: id } })));
  expect(states.map(({ state }) => state).toSorted()).toEqual(["not-queued", "not-queued", "sent"]);
  expect(await received()).toHaveLength(1);
});

test("a mail whose sender was killed in between becomes unknown, and is never sent again", async () => {
  const { id } = await queued("lost");
  await database.db.update(mails).set({ state: "claimed", claimedAt: morning }).where(eq(mails.id, id));
  const inMinutes = (minutes: number) => job(new Date(morning.getTime() + minutes * 60_000));
  await settleLostMails({ ctx: inMinutes(9) });
  expect(await stateOf("lost")).toBe("claimed");
  await settleLostMails({ ctx: inMinutes(11) });
  expect(await stateOf("lost")).toBe("unknown");
  expect(await deliverMail({ ctx: inMinutes(12), input: { mailId: id } })).toEqual({ state: "not-queued" });
  expect(await received()).toEqual([]);
  expect(await database.db.select().from(jobFailures).where(eq(jobFailures.subjectId, id))).toHaveLength(1);
});

test("coaches read their own team's mail log, never a text", async () => {
  const squad = await seedStory({ "Mateus Aguiar": flaggedDays() });
  await sendMorningMail({ ctx: job(), input: squad });
  const actor = { kind: "coach", userId: squad.coach.userId, role: "coach" } as const;
  const ctx = contextOf(database.db, { actor, teamId: squad.teamId, now: morning });
  const log = await listMails({ ctx, input: {} });
  expect(log).toHaveLength(1);
  expect(Object.keys(log[0]!)).not.toContain("bodySealed");
});
