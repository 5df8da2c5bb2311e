import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { athletes, invitations } from "@/db/schema/squad";
import { memberships, oneTimeLinks } from "@/db/schema/team";
import type { Context, Role } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { changeAthlete, viewRoster } from "@/lib/services/athletes/manage";
import { acceptInvitation, viewInvitation } from "@/lib/services/invitations/answer";
import { inviteAthlete, listWaiting } from "@/lib/services/invitations/invite";
import { MAIL_PURPOSE } from "@/lib/services/mail/queue";
import {
  answerAddressLink,
  answerProposedAddress,
  changeOwnAddress,
  viewAddress,
  viewAddressLink,
} from "@/lib/services/own-page/address";
import { viewLooks } from "@/lib/services/own-page/export";
import { openPageLink, requestPageLink } from "@/lib/services/own-page/sign-in";
import { findAthleteActor } from "@/lib/services/team/sign-in";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

const OLD = "aino@example.org";
const NEW = "coach.owned@example.org";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let squad: { teamId: string; squadId: string };
let athleteId: string;
let now: Date;

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.owner`truncate teams, users, outbox cascade`;
  now = new Date("2026-05-20T05:00:00Z");
  squad = await seedSquad(database.db);
  athleteId = (await seedAthlete(database.db, squad)).athleteId;
  await database.db.update(athletes).set({ email: OLD }).where(eq(athletes.id, athleteId));
});
afterAll(() => database.close());

async function person(role: Role, name = "Line Krogh"): Promise<Context> {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org`, name });
  await database.db.insert(memberships).values({ teamId: squad.teamId, userId, role });
  return contextOf(database.db, { actor: { kind: "coach", userId, role }, teamId: squad.teamId, now });
}
const visitor = () => contextOf(database.db, { actor: { kind: "visitor" }, now });
const own = () =>
  contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId: squad.teamId, now });
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

async function present() {
  const [row] = await database.db.select().from(athletes).where(eq(athletes.id, athleteId));
  return row;
}

async function mailsTo(toEmail: string) {
  const rows = await database.db.select().from(mails).where(eq(mails.toEmail, toEmail));
  return rows.map(({ kind, bodySealed }) => {
    const body = unseal(bodySealed ?? "", { secret: env().ENCRYPTION_KEY, purpose: MAIL_PURPOSE });
    const { text } = JSON.parse(body) as { text: string };
    return { kind, text, token: /\/(?:me\/open|me\/address|invite)\/([\w-]+)/.exec(text)?.[1] ?? "" };
  });
}

describe.each(["coach", "owner"] as const)("a %s who would be the athlete", (role) => {
  test("changes the address and asks for the page link: the link goes to the athlete, nothing else is known", async () => {
    const ctx = await person(role);
    await changeAthlete({ ctx, input: { athleteId, email: NEW } });
    expect(await present()).toMatchObject({ email: OLD, proposedEmail: NEW });
    await requestPageLink({ ctx: visitor(), input: { email: NEW } });
    expect(await mailsTo(NEW)).toEqual([]);
    await requestPageLink({ ctx: visitor(), input: { email: OLD } });
    expect((await mailsTo(OLD)).map(({ kind }) => kind)).toEqual(["address-proposed", "athlete-page"]);
  });

  test("cannot answer the proposal in the athlete's place", async () => {
    const ctx = await person(role);
    await changeAthlete({ ctx, input: { athleteId, email: NEW } });
    const answer = { email: NEW, answer: "agree" } as const;
    await expect(answerProposedAddress({ ctx, input: answer })).rejects.toMatchObject({
      code: "not-signed-in",
    });
    await expect(changeOwnAddress({ ctx, input: { email: NEW } })).rejects.toMatchObject({
      code: "not-signed-in",
    });
    expect(await present()).toMatchObject({ email: OLD });
  });

  test("takes the address away: it stays", async () => {
    await changeAthlete({ ctx: await person(role), input: { athleteId, email: "" } });
    expect(await present()).toMatchObject({ email: OLD, proposedEmail: null });
  });

  test("proposes to an athlete who has stopped, been removed or has no address: it stays a proposal", async () => {
    const ctx = await person(role);
    await database.db.update(athletes).set({ email: null, stoppedAt: now });
    await database.db.update(connections).set({ status: "revoked" });
    await changeAthlete({ ctx, input: { athleteId, email: NEW } });
    expect(await present()).toMatchObject({ email: null, proposedEmail: NEW });
    await requestPageLink({ ctx: visitor(), input: { email: NEW } });
    expect(await mailsTo(NEW)).toEqual([]);
  });
});

test("a viewer proposes nothing", async () => {
  const ctx = await person("viewer");
  await expect(changeAthlete({ ctx, input: { athleteId, email: NEW } })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("the old address agrees once: it is told, links and sessions end, the log and the roster show it", async () => {
  const ctx = await person("coach");
  await requestPageLink({ ctx: visitor(), input: { email: OLD } });
  const pageLink = (await mailsTo(OLD))[0]?.token ?? "";
  const startedAt = now;
  later(1);
  await changeAthlete({ ctx: { ...ctx, now }, input: { athleteId, email: NEW.toUpperCase() } });
  expect(await viewRoster({ ctx, input: { squadId: squad.squadId } })).toMatchObject([
    { email: OLD, proposedEmail: NEW },
  ]);
  const { token = "" } = (await mailsTo(OLD)).find(({ kind }) => kind === "address-proposed") ?? {};
  expect(await viewAddressLink({ ctx: visitor(), input: { token } })).toEqual({
    email: NEW,
    by: "Line Krogh",
  });
  expect(await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt } })).toBeDefined();

  later(1);
  await answerAddressLink({ ctx: visitor(), input: { token, answer: "agree" } });
  expect(await present()).toMatchObject({ email: NEW, proposedEmail: null });
  expect(await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt } })).toBeUndefined();
  expect(await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt: now } })).toBeDefined();
  const ended = { code: "link-ended" };
  await expect(openPageLink({ ctx: visitor(), input: { token: pageLink } })).rejects.toMatchObject(ended);
  await expect(
    answerAddressLink({ ctx: visitor(), input: { token, answer: "agree" } }),
  ).rejects.toMatchObject(ended);
  const told = (await mailsTo(OLD)).find(({ kind }) => kind === "address-changed");
  expect(told?.text).toContain(NEW);
  const { latest } = await viewLooks({ ctx: own(), input: { page: 1 } });
  expect(latest.map(({ who, what }) => [who.kind === "person" ? who.name : who.kind, what])).toEqual([
    ["you", "address-changed"],
    ["Line Krogh", "address-proposed"],
  ]);
});

test("no leaves everything as it was, and the link ends", async () => {
  await changeAthlete({ ctx: await person("coach"), input: { athleteId, email: NEW } });
  const [{ token = "" } = {}] = await mailsTo(OLD);
  await answerAddressLink({ ctx: visitor(), input: { token, answer: "refuse" } });
  expect(await present()).toMatchObject({ email: OLD, proposedEmail: null, sessionsFrom: null });
  await expect(viewAddressLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject({
    code: "link-ended",
  });
  expect((await mailsTo(OLD)).map(({ kind }) => kind)).toEqual(["address-proposed"]);
});

test("a second proposal ends the first one's link, and the same one again mails nobody", async () => {
  const ctx = await person("coach");
  await changeAthlete({ ctx, input: { athleteId, email: "first@example.org" } });
  await changeAthlete({ ctx, input: { athleteId, email: NEW } });
  await changeAthlete({ ctx, input: { athleteId, email: NEW } });
  const [first, second, ...more] = await mailsTo(OLD);
  expect(more).toEqual([]);
  const answer = (token = "") => answerAddressLink({ ctx: visitor(), input: { token, answer: "agree" } });
  await expect(answer(first?.token)).rejects.toMatchObject({ code: "link-ended" });
  await answer(second?.token);
  expect(await present()).toMatchObject({ email: NEW });
});

test("signed in, the athlete agrees to what the page showed and to nothing else, or gives an address of their own", async () => {
  await changeAthlete({ ctx: await person("coach"), input: { athleteId, email: NEW } });
  expect(await viewAddress({ ctx: own() })).toEqual({
    email: OLD,
    proposal: { email: NEW, by: "Line Krogh" },
  });
  await expect(
    answerProposedAddress({ ctx: own(), input: { email: "shown@example.org", answer: "agree" } }),
  ).rejects.toMatchObject({ code: "conflict" });
  await answerProposedAddress({ ctx: own(), input: { email: NEW, answer: "agree" } });
  expect(await present()).toMatchObject({ email: NEW });
  later(1);
  await changeOwnAddress({ ctx: own(), input: { email: "Own@example.org" } });
  expect(await present()).toMatchObject({ email: "own@example.org" });
  expect((await mailsTo(NEW)).map(({ kind }) => kind)).toEqual(["address-changed"]);
  await expect(changeOwnAddress({ ctx: own(), input: { email: "none" } })).rejects.toMatchObject({
    code: "bad-input",
  });
});

test("before connecting the coach corrects the address: the old link ends, a new one goes to the new address", async () => {
  const ctx = await person("coach");
  const input = { squadId: squad.squadId, name: "Signe Holm", email: "typo@example.org" };
  const invited = await inviteAthlete({ ctx, input });
  const [{ token: old = "" } = {}] = await mailsTo("typo@example.org");
  await changeAthlete({ ctx, input: { athleteId: invited.athleteId, email: "signe@example.org" } });
  const view = (token: string) => viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  await expect(view(old)).rejects.toMatchObject({ code: "link-ended" });
  const [{ token: fresh = "" } = {}] = await mailsTo("signe@example.org");
  expect((await view(fresh)).address).toBe("signe@example.org");
  expect(await listWaiting({ ctx, input: { squadId: squad.squadId } })).toMatchObject([
    { name: "Signe Holm", email: "signe@example.org", state: "sent" },
  ]);
});

test("whose mailbox opens the page is the athlete's word when agreeing, not the coach's when inviting", async () => {
  const ctx = await person("coach");
  const input = { squadId: squad.squadId, name: "Signe Holm", email: NEW };
  const { athleteId: invited, link } = await inviteAthlete({ ctx, input });
  const token = link.split("/").at(-1) ?? "";
  const { textVersion, address } = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  expect(address).toBe(NEW);
  const accept = (email?: string) =>
    acceptInvitation({
      ctx: visitor(),
      input: {
        token,
        textVersion,
        history: "from-now",
        locale: "en",
        ...(email === undefined ? {} : { email }),
      },
    });
  await expect(accept("none")).rejects.toMatchObject({ code: "bad-input", field: "email" });
  const addressOf = async () =>
    (await database.db.select().from(athletes).where(eq(athletes.id, invited)))[0]?.email;
  await accept();
  expect(await addressOf()).toBe(NEW);
  await accept("Signe@example.org");
  expect(await addressOf()).toBe("signe@example.org");
  await accept("");
  expect(await addressOf()).toBeNull();
});

test("an invitation after stopping neither shows nor changes the address", async () => {
  await database.db.update(connections).set({ status: "revoked" });
  await database.db.update(athletes).set({ stoppedAt: now });
  const token = "a".repeat(43);
  await database.db.insert(invitations).values({
    teamId: squad.teamId,
    athleteId,
    tokenHash: hashLinkToken(token),
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  const view = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  expect(view.address).toBeUndefined();
  const { textVersion } = view;
  const input = { token, textVersion, history: "from-now", locale: "en", email: NEW } as const;
  await acceptInvitation({ ctx: visitor(), input });
  expect(await present()).toMatchObject({ email: OLD });
});

test("a link of another purpose answers no proposal", async () => {
  await changeAthlete({ ctx: await person("coach"), input: { athleteId, email: NEW } });
  await requestPageLink({ ctx: visitor(), input: { email: OLD } });
  const page = (await mailsTo(OLD)).find(({ kind }) => kind === "athlete-page")?.token ?? "";
  await expect(
    answerAddressLink({ ctx: visitor(), input: { token: page, answer: "agree" } }),
  ).rejects.toMatchObject({ code: "link-ended" });
  const proposed = (await mailsTo(OLD)).find(({ kind }) => kind === "address-proposed")?.token ?? "";
  await expect(openPageLink({ ctx: visitor(), input: { token: proposed } })).rejects.toMatchObject({
    code: "link-ended",
  });
  expect(await database.db.select().from(oneTimeLinks)).toHaveLength(2);
});
