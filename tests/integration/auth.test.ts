import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accounts, sessions, users, verificationTokens } from "@/db/schema/auth";
import { mails } from "@/db/schema/mail";
import { memberships, oneTimeLinks, teams } from "@/db/schema/team";
import { createCoachAuth } from "@/lib/auth/coach";
import { coachStore } from "@/lib/auth/coach-store";
import type { Context } from "@/lib/context";
import {
  admitCoach,
  claimOwnership,
  createOwnerClaim,
  inviteCoach,
  joinTeam,
  viewCoachInvitation,
  viewOwnerClaim,
} from "@/lib/services/team/join";
import { changeRole, createTeam, removeMember } from "@/lib/services/team/members";
import {
  findCoachActor,
  findSignInLink,
  mayHaveLink,
  openSession,
  sendSignInLink,
} from "@/lib/services/team/sign-in";
import { contextOf, silent } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

const appUrl = "http://localhost:3000";
let database: Awaited<ReturnType<typeof freshDatabase>>;
let sent: { email: string; href: string; token: string }[] = [];

beforeAll(async () => {
  stubEnvironment({ OWNER_EMAIL: "Owner@Example.org" });
  database = await freshDatabase();
});
beforeEach(async () => {
  sent = [];
  await database.owner`truncate teams, users, one_time_links, verification_tokens, mails, outbox cascade`;
});
afterAll(() => database.close());

const visitor = (now = new Date()): Context => contextOf(database.db, { actor: { kind: "visitor" }, now });

async function seedOwner(email = "line@example.org") {
  const input = { teamName: "Fjordline", ownerName: "Line Krogh", ownerEmail: email };
  const { teamId, userId } = await createTeam({ ctx: visitor(), input });
  const actor = { kind: "coach", userId, role: "owner" } as const;
  return { teamId, userId, ctx: contextOf(database.db, { actor, teamId, now: new Date() }) };
}

function coachAuth(at = appUrl) {
  return createCoachAuth({
    appUrl: at,
    secret: "a secret of at least thirty-two characters",
    store: coachStore(database.db, { users, accounts, sessions, verificationTokens }),
    log: silent,
    mayHaveLink: (email) => mayHaveLink({ ctx: visitor(), input: { email } }),
    admit: (email) => admitCoach({ ctx: visitor(), input: { email } }),
    sendLink: async (mail) => {
      sent.push(mail);
      await sendSignInLink({ ctx: visitor(), input: { ...mail, browser: "en" } });
    },
    findLink: (tokenHash) => findSignInLink({ ctx: visitor(), input: { tokenHash } }),
  });
}

async function signIn(email: string) {
  const auth = coachAuth();
  await auth.requestLink({ email, next: "/squads" });
  const token = sent.at(-1)?.token;
  return token ? { token, ...(await auth.follow({ token, next: "/squads" })) } : undefined;
}

test("a member follows the mailed link once and is signed in with the role of the team", async () => {
  const { teamId, userId } = await seedOwner();
  const signed = await signIn("line@example.org");
  expect(signed?.location).toBe(`${appUrl}/squads`);
  const found = await findCoachActor({
    ctx: visitor(),
    input: { sessionToken: signed?.sessionToken ?? "" },
  });
  expect(found).toEqual({ teamId, actor: { kind: "coach", userId, role: "owner" } });
  expect(await coachAuth().follow({ token: signed?.token ?? "", next: "/squads" })).toBeUndefined();
});

test("the link is mailed sealed, and no plain link stands in the database", async () => {
  await seedOwner();
  await coachAuth().requestLink({ email: "line@example.org", next: "/squads" });
  const [mail] = await database.db.select().from(mails);
  expect(mail).toMatchObject({ kind: "sign-in", toEmail: "line@example.org", state: "queued" });
  const token = sent[0]?.token ?? "";
  expect(token).not.toBe("");
  expect(JSON.stringify(await database.owner`select * from mails, verification_tokens`)).not.toContain(token);
});

test("an unknown address gets no mail and no user, and nobody is told", async () => {
  await seedOwner();
  await coachAuth().requestLink({ email: "stranger@example.org", next: "/squads" });
  expect(sent).toEqual([]);
  expect(await database.db.select().from(users)).toHaveLength(1);
  expect(await database.db.select().from(mails)).toEqual([]);
});

test("an address that is flooded with requests gets five links at most", async () => {
  await seedOwner();
  for (let times = 0; times < 8; times++)
    await coachAuth().requestLink({ email: "line@example.org", next: "/squads" });
  expect(sent).toHaveLength(5);
});

test("the configured owner becomes the owner of a new team, whatever the letter case", async () => {
  const signed = await signIn("owner@example.org");
  const found = await findCoachActor({
    ctx: visitor(),
    input: { sessionToken: signed?.sessionToken ?? "" },
  });
  expect(found?.actor).toMatchObject({ kind: "coach", role: "owner" });
  expect(await database.db.select().from(teams)).toHaveLength(1);
});

test("somebody taken off the team while a link is under way stays out", async () => {
  const { teamId } = await seedOwner();
  await database.db.insert(users).values({ email: "martin@example.org" });
  const [martin] = await database.db.select().from(users).where(eq(users.email, "martin@example.org"));
  await database.db.insert(memberships).values({ teamId, userId: martin?.id ?? "", role: "coach" });
  const auth = coachAuth();
  await auth.requestLink({ email: "martin@example.org", next: "/squads" });
  await database.db.delete(memberships).where(eq(memberships.userId, martin?.id ?? ""));
  expect(await auth.follow({ token: sent[0]?.token ?? "", next: "/squads" })).toBeUndefined();
  expect(await database.db.select().from(sessions)).toEqual([]);
});

test("under https every cookie is secure and named so", async () => {
  await seedOwner();
  const auth = coachAuth("https://restday.example.org");
  await auth.requestLink({ email: "line@example.org", next: "/squads" });
  const signed = await auth.follow({ token: sent[0]?.token ?? "", next: "/squads" });
  expect(signed?.sessionCookie).toMatch(/^__Secure-restday-coach\.session=.*; Secure/);
  expect(sent[0]?.href.startsWith("https://restday.example.org/sign-in/link/")).toBe(true);
});

test("a link leads nowhere but to this site", async () => {
  await seedOwner();
  const auth = coachAuth();
  await auth.requestLink({ email: "line@example.org", next: "https://evil.example.org/" });
  expect(new URL(sent[0]?.href ?? "").origin).toBe(appUrl);
  const signed = await auth.follow({ token: sent[0]?.token ?? "", next: "//evil.example.org/" });
  expect(new URL(signed?.location ?? "").origin).toBe(appUrl);
});

test("looking at a link uses nothing up, and an expired one lets nobody in", async () => {
  await seedOwner();
  const auth = coachAuth();
  await auth.requestLink({ email: "line@example.org", next: "/squads?sort=name" });
  const { token = "", href = "" } = sent[0] ?? {};
  expect(new URL(href).searchParams.get("next")).toBe("/squads?sort=name");
  for (let looks = 0; looks < 3; looks++) expect(await auth.isOpen({ token, now: new Date() })).toBe(true);
  const later = new Date(Date.now() + 31 * 60_000);
  expect(await auth.isOpen({ token, now: later })).toBe(false);
  expect(await auth.isOpen({ token: "forged", now: new Date() })).toBe(false);
  await database.owner`update verification_tokens set expires = now() - interval '1 minute'`;
  expect(await auth.follow({ token, next: "/squads" })).toBeUndefined();
  expect(await database.db.select().from(sessions)).toEqual([]);
});

test("two presses of the button open one session", async () => {
  await seedOwner();
  const auth = coachAuth();
  await auth.requestLink({ email: "line@example.org", next: "/squads" });
  const press = () => auth.follow({ token: sent[0]?.token ?? "", next: "/squads" });
  const opened = (await Promise.all([press(), press()])).filter((one) => one !== undefined);
  expect(opened).toHaveLength(1);
  expect(await database.db.select().from(sessions)).toHaveLength(1);
});

test("the claim link makes the first owner once, and a newer one ends the older", async () => {
  const job = contextOf(database.db, { now: new Date() });
  const first = await createOwnerClaim({ ctx: job });
  const second = await createOwnerClaim({ ctx: job });
  const tokenOf = (claim: { link: string } | null) => claim?.link.split("/").at(-1) ?? "";
  const person = { name: "Line Krogh", email: "Line@Example.org", teamName: "Fjordline" };
  const use = (token: string) => claimOwnership({ ctx: visitor(), input: { ...person, token } });
  await expect(use(tokenOf(first))).rejects.toMatchObject({ code: "link-ended" });
  await viewOwnerClaim({ ctx: visitor(), input: { token: tokenOf(second) } });
  const { userId } = await use(tokenOf(second));
  await expect(use(tokenOf(second))).rejects.toMatchObject({ code: "link-ended" });
  expect(await createOwnerClaim({ ctx: job })).toBeNull();
  const { sessionToken } = await openSession({ ctx: visitor(), input: { userId } });
  const found = await findCoachActor({ ctx: visitor(), input: { sessionToken } });
  expect(found?.actor).toEqual({ kind: "coach", userId, role: "owner" });
});

test("a claim with an unusable address uses nothing up", async () => {
  const claim = await createOwnerClaim({ ctx: contextOf(database.db, { now: new Date() }) });
  const token = claim?.link.split("/").at(-1) ?? "";
  const input = { token, name: "Line", email: "nowhere", teamName: "Fjordline" };
  await expect(claimOwnership({ ctx: visitor(), input })).rejects.toMatchObject({
    code: "bad-input",
    field: "email",
  });
  await expect(viewOwnerClaim({ ctx: visitor(), input: { token } })).resolves.toBeUndefined();
});

test("a claim link ends after seven days", async () => {
  const claim = await createOwnerClaim({ ctx: contextOf(database.db, { now: new Date() }) });
  const token = claim?.link.split("/").at(-1) ?? "";
  const later = visitor(new Date(Date.now() + 8 * 86_400_000));
  await expect(viewOwnerClaim({ ctx: later, input: { token } })).rejects.toMatchObject({
    code: "link-ended",
  });
});

test("an invited coach joins by the link once, with the role of the invitation", async () => {
  const { ctx, teamId } = await seedOwner();
  const { link } = await inviteCoach({ ctx, input: { email: "Martin@example.org", role: "viewer" } });
  const token = link.split("/").at(-1) ?? "";
  expect(await viewCoachInvitation({ ctx: visitor(), input: { token } })).toEqual({
    team: "Fjordline",
    email: "martin@example.org",
    role: "viewer",
  });
  const { userId } = await joinTeam({ ctx: visitor(), input: { token, name: "Martin Adeyemi" } });
  const rows = await database.db.select().from(memberships).where(eq(memberships.userId, userId));
  expect(rows).toMatchObject([{ teamId, role: "viewer" }]);
  await expect(joinTeam({ ctx: visitor(), input: { token, name: "Somebody" } })).rejects.toMatchObject({
    code: "link-ended",
  });
  await expect(
    inviteCoach({ ctx, input: { email: "martin@example.org", role: "coach" } }),
  ).rejects.toMatchObject({ code: "conflict" });
});

test("an invited coach may also ask for a sign-in link; the invitation is then used", async () => {
  const { ctx } = await seedOwner();
  await inviteCoach({ ctx, input: { email: "martin@example.org", role: "coach" } });
  const signed = await signIn("martin@example.org");
  const found = await findCoachActor({
    ctx: visitor(),
    input: { sessionToken: signed?.sessionToken ?? "" },
  });
  expect(found?.actor).toMatchObject({ role: "coach" });
  const [link] = await database.db.select().from(oneTimeLinks);
  expect(link?.usedAt).not.toBeNull();
});

test("a team always keeps an owner; a removed member is signed out at once", async () => {
  const { ctx, userId } = await seedOwner();
  await expect(changeRole({ ctx, input: { userId, role: "coach" } })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(removeMember({ ctx, input: { userId } })).rejects.toMatchObject({ code: "conflict" });
  const { link } = await inviteCoach({ ctx, input: { email: "martin@example.org", role: "coach" } });
  const token = link.split("/").at(-1) ?? "";
  const martin = await joinTeam({ ctx: visitor(), input: { token, name: "Martin" } });
  const { sessionToken } = await openSession({ ctx: visitor(), input: martin });
  await removeMember({ ctx, input: martin });
  expect(await findCoachActor({ ctx: visitor(), input: { sessionToken } })).toBeUndefined();
  expect(await database.db.select().from(sessions)).toEqual([]);
});
