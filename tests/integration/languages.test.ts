import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { athletes } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import type { Copy } from "@/i18n/catalogue";
import { loadMessages } from "@/i18n/locales";
import type { Context } from "@/lib/context";
import { markNeedsReconnection } from "@/lib/services/connections/reconnection";
import { acceptInvitation, viewInvitation } from "@/lib/services/invitations/answer";
import { inviteAthlete, resendInvitation } from "@/lib/services/invitations/invite";
import { deliverMail } from "@/lib/services/mail/deliver";
import { sendMorningMail } from "@/lib/services/news/send";
import { chooseOwnLanguage, requestPageLink, settleAthleteLanguage } from "@/lib/services/own-page/sign-in";
import { inviteCoach } from "@/lib/services/team/join";
import { openSession, sendSignInLink, settleCoachLanguage } from "@/lib/services/team/sign-in";
import { addDays } from "@/lib/time/civil-date";
import { type Mailbox, startMailbox } from "@/scripts/mailbox/mailbox";
import {
  contextOf,
  fallingDays,
  flaggedDays,
  seedAthlete,
  seedDays,
  seedSquad,
  steadyDays,
} from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

type Received = { to: string[]; subject: string; text: string; html: string };
type Language = "en" | "fi";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let mailbox: Mailbox;
const folder = mkdtempSync(join(tmpdir(), "restday-languages-"));
const today = "2026-05-20";
/** 07:00 in Helsinki. */
const morning = new Date("2026-05-20T04:00:00Z");

beforeAll(async () => {
  database = await freshDatabase();
  mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
});
beforeEach(async () => {
  stubEnvironment({ SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}` });
  await database.owner`truncate teams, users, outbox, mails cascade`;
  await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`, { method: "DELETE" });
});
afterAll(async () => {
  await mailbox.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const job = () => contextOf(database.db, { now: morning });
const visitor = () => contextOf(database.db, { actor: { kind: "visitor" }, now: morning });

/** Sends what is owed over SMTP and reads it from the mailbox. */
async function posted(): Promise<Received[]> {
  for (const mail of await database.db.select().from(mails))
    await deliverMail({ ctx: job(), input: { mailId: mail.id } });
  const response = await fetch(`http://127.0.0.1:${mailbox.httpPort}/messages`);
  return (await response.json()) as Received[];
}

async function seedOwner(
  teamId: string,
  locale: string | null = null,
): Promise<Context & { userId: string }> {
  const userId = randomUUID();
  await database.db
    .insert(users)
    .values({ id: userId, name: "Line Krogh", email: `${userId}@example.org`, locale });
  await database.db.insert(memberships).values({ teamId, userId, role: "owner" });
  const actor = { kind: "coach", userId, role: "owner" } as const;
  return { ...contextOf(database.db, { actor, teamId, now: morning }), userId };
}

function textsOf(copy: Copy): string[] {
  return Object.values(copy).flatMap((value) => (typeof value === "string" ? [value] : textsOf(value)));
}

/** Whole sentences and labels of the other language, in as far as the two differ. */
function foreignTexts(language: Language): string[] {
  const [other, own] = language === "fi" ? ["en", "fi"] : ["fi", "en"];
  const said = new Set(textsOf(loadMessages(own!)));
  const areas = ["mail", "levels", "auth", "reconnect"] as const;
  return areas
    .flatMap((area) => textsOf(loadMessages(other!)[area] as Copy))
    .filter((text) => !text.includes("{") && text.length > 6 && !said.has(text));
}

function expectLanguage(mail: Received | undefined, language: Language): void {
  expect(mail?.html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
  expect(mail?.subject).not.toMatch(/\d.*\d/);
  const text = `${mail?.subject} ${mail?.text.replaceAll(/\s+/g, " ")} ${mail?.html}`;
  expect(foreignTexts(language).filter((foreign) => text.includes(foreign))).toEqual([]);
}

async function squadWithNews(languages: (Language | null)[]) {
  const squad = await seedSquad(database.db);
  for (const locale of languages) await seedOwner(squad.teamId, locale);
  const stories = {
    "Ingrid Solheim": fallingDays(),
    "Mateus Aguiar": flaggedDays(),
    "Maren Dahl": steadyDays(79),
  };
  for (const [name, days] of Object.entries(stories)) {
    const athlete = await seedAthlete(database.db, squad, { name });
    await seedDays(database.db, athlete, { from: addDays(today, -79), days });
  }
  await sendMorningMail({ ctx: job(), input: squad });
  return squad;
}

test("every coach of a squad gets the morning mail in the own language, one without a language in English", async () => {
  await squadWithNews(["fi", "en", null]);
  const subjects = (await posted()).map((mail) => mail.subject).toSorted();
  expect(subjects).toEqual([
    "2 athletes to look at this morning",
    "2 athletes to look at this morning",
    "2 urheilijaa katsottavaksi tänä aamuna",
  ]);
});

test("the Finnish morning mail is Finnish in both parts, with its dates and numbers", async () => {
  await squadWithNews(["fi"]);
  const [mail] = await posted();
  expectLanguage(mail, "fi");
  const text = mail!.text.replaceAll(/\s+/g, " ");
  expect(text).toContain("Fjordline · keskiviikko 20. toukokuuta");
  expect(text).toContain("Mateus Aguiar – Huomio");
  expect(text).toMatch(
    /Sykevälivaihtelu on tänään 50 ms eli alle tavallisen vaihteluvälin \d+–\d+ ms \(z −\d,\d\)/,
  );
  expect(text).toContain("Ehdotus: ylimääräinen palautumispäivä.");
  expect(text).toMatch(/1 ilman arviota \(ei lukemaa: Maren Dahl\)\./);
  expect(text).toMatch(/Pelkkä sattuma toisi tässä ryhmässä aamua kohti 0 tai 1 huomiota/);
  expect(mail!.html).toContain("Nimet ja perusteet viestissä.");
});

test("an episode that goes on is told with a Finnish date", async () => {
  const squad = await squadWithNews(["fi"]);
  const [ingrid] = await database.db.select().from(athletes).where(eq(athletes.name, "Ingrid Solheim"));
  const later = addDays(today, 1);
  await seedDays(
    database.db,
    { ...squad, athleteId: ingrid!.id },
    { from: later, days: [{ rmssdMs: 44, load: 180 }] },
  );
  const newcomer = await seedAthlete(database.db, squad, { name: "Kwame Boateng" });
  await seedDays(database.db, newcomer, { from: addDays(later, -79), days: flaggedDays() });
  const next = contextOf(database.db, { now: new Date(morning.getTime() + 86_400_000) });
  await sendMorningMail({ ctx: next, input: squad });
  const text = (await posted()).map((mail) => mail.text.replaceAll(/\s+/g, " ")).join("\n");
  expect(text).toContain("Ingrid Solheim jatkuu (palautumispäivä, pe 15.5. alkaen)");
});

describe("a mail of two hundred athletes", () => {
  test("stays below what mail programs cut, and drops nobody silently", async () => {
    const squad = await seedSquad(database.db);
    await seedOwner(squad.teamId, "fi");
    const names = Array.from(
      { length: 200 },
      (_, i) => `Ann-Kristin Øverland-Wójcik ${String(i).padStart(3, "0")}`,
    );
    for (const [i, name] of names.entries()) {
      const athlete = await seedAthlete(database.db, squad, { name });
      const days = i < 120 ? fallingDays() : steadyDays(79);
      await seedDays(database.db, athlete, { from: addDays(today, -79), days });
    }
    await sendMorningMail({ ctx: job(), input: squad });
    const [mail] = await posted();
    expect(mail?.subject).toBe("120 urheilijaa katsottavaksi tänä aamuna");
    expect(Buffer.byteLength(mail?.html ?? "")).toBeLessThan(102_000);
    const text = mail!.text.replaceAll(/\s+/g, " ");
    expect(names.filter((name) => !text.includes(name) || !mail!.html.includes(name))).toEqual([]);
  }, 240_000);
});

test("the athlete's mails keep the language of the invitation, then the one the athlete accepted in", async () => {
  const { teamId, squadId } = await seedSquad(database.db);
  const ctx = await seedOwner(teamId, "en");
  const email = "aino@example.org";
  const { athleteId } = await inviteAthlete({
    ctx,
    input: { squadId, name: "Aino", email, locale: "fi-FI" },
  });
  const { link } = await resendInvitation({ ctx, input: { athleteId } });
  const first = await posted();
  expect(first).toHaveLength(2);
  for (const mail of first) expectLanguage(mail, "fi");

  const token = link.split("/").at(-1) ?? "";
  const { textVersion } = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  await acceptInvitation({
    ctx: visitor(),
    input: { token, textVersion, history: "from-now", locale: "en" },
  });
  await database.db.insert(connections).values({
    teamId,
    athleteId,
    polarUserId: 77,
    memberId: randomUUID(),
    status: "active",
    accessTokenSealed: "sealed",
    connectedAt: morning,
  });
  await requestPageLink({ ctx: visitor(), input: { email } });
  await markNeedsReconnection({ ctx: job(), input: { athleteId, accessTokenSealed: "sealed" } });
  const later = (await posted()).filter(({ subject }) => !first.some((mail) => mail.subject === subject));
  expect(later.map(({ subject }) => subject).toSorted()).toEqual([
    "Connect Polar again",
    "The link to your own page",
  ]);
  for (const mail of later) expectLanguage(mail, "en");

  const athlete = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: morning });
  await chooseOwnLanguage({ ctx: athlete, input: { language: "fi" } });
  await requestPageLink({ ctx: visitor(), input: { email } });
  const last = (await posted()).find(({ subject }) => subject === "Linkki omalle sivullesi");
  expectLanguage(last, "fi");
});

test("a sign-in link comes in the coach's own language, else in the browser's", async () => {
  const { teamId } = await seedSquad(database.db);
  const known = await seedOwner(teamId, "fi");
  const link = (email: string, browser: string) =>
    sendSignInLink({
      ctx: visitor(),
      input: { email, browser, token: randomUUID(), href: "http://localhost:3000/sign-in/link/x" },
    });
  await link(`${known.userId}@example.org`, "en");
  await link("new@example.org", "fi");
  await link("newer@example.org", "en");
  const byReader = new Map((await posted()).map((mail) => [mail.to[0], mail]));
  expectLanguage(byReader.get(`${known.userId}@example.org`), "fi");
  expectLanguage(byReader.get("new@example.org"), "fi");
  expectLanguage(byReader.get("newer@example.org"), "en");
});

test("an invitation to the team comes in the inviter's language to somebody who is new", async () => {
  const { teamId } = await seedSquad(database.db);
  const ctx = await seedOwner(teamId, "fi");
  await database.db.insert(users).values({ email: "back@example.org", locale: "en" });
  await inviteCoach({ ctx, input: { email: "new@example.org", role: "coach", locale: "fi-FI" } });
  await inviteCoach({ ctx, input: { email: "back@example.org", role: "coach", locale: "fi-FI" } });
  const byReader = new Map((await posted()).map((mail) => [mail.to[0], mail]));
  expectLanguage(byReader.get("new@example.org"), "fi");
  expectLanguage(byReader.get("back@example.org"), "en");
});

test("a coach's first sign-in keeps the browser's language; later ones bring the kept one along", async () => {
  const { teamId } = await seedSquad(database.db);
  const ctx = await seedOwner(teamId);
  const { sessionToken } = await openSession({ ctx: visitor(), input: { userId: ctx.userId } });
  const settle = (browser: string) =>
    settleCoachLanguage({ ctx: visitor(), input: { sessionToken, browser } });
  expect([await settle("fi"), await settle("en")]).toEqual(["fi", "fi"]);
  await chooseOwnLanguage({ ctx, input: { language: "en" } });
  expect(await settle("fi")).toBe("en");
  await expect(chooseOwnLanguage({ ctx, input: { language: "xx" } })).rejects.toMatchObject({
    code: "bad-input",
    field: "language",
  });
  await expect(chooseOwnLanguage({ ctx: visitor(), input: { language: "fi" } })).rejects.toMatchObject({
    code: "not-signed-in",
  });
});

test("an athlete's own page opens in the kept language, unless this phone chose another", async () => {
  const squad = await seedSquad(database.db);
  const { athleteId } = await seedAthlete(database.db, squad);
  const settle = (chosen: string | undefined) =>
    settleAthleteLanguage({ ctx: visitor(), input: { athleteId, chosen } });
  expect(await settle(undefined)).toBe("en");
  expect(await settle("fi")).toBe("fi");
  expect(await settle(undefined)).toBe("fi");
});
