import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections, owedDeregistrations, streamStates } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { athletes, consents, invitations, squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { athleteSessionCookieName, readAthleteSession } from "@/lib/auth/athlete-session";
import type { Context } from "@/lib/context";
import { derivedSecret } from "@/lib/env";
import { STREAMS } from "@/lib/providers/polar/streams";
import { removeAthlete } from "@/lib/services/athletes/manage";
import { finishRevocations } from "@/lib/services/connections/revoke";
import { unsealToken } from "@/lib/services/connections/tokens";
import {
  acceptInvitation,
  declineInvitation,
  noteOpening,
  reopenInvitation,
  viewInvitation,
} from "@/lib/services/invitations/answer";
import {
  inviteAthlete,
  listWaiting,
  resendInvitation,
  withdrawInvitation,
} from "@/lib/services/invitations/invite";
import { inviteMany } from "@/lib/services/invitations/list";
import { deleteNow, stopSharing } from "@/lib/services/own-page/sharing";
import { startSimulator } from "@/simulator/server";
import { contextOf, seedSquad } from "../support/athletes";
import { athleteBrowser, walkToPolar } from "../support/browser-of-athlete";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";
import { hold } from "./sync-support";

const appUrl = "http://localhost:3000";
let database: Awaited<ReturnType<typeof freshDatabase>>;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let coach: Context;
let squadId: string;

beforeAll(async () => {
  database = await freshDatabase();
  simulator = await startSimulator({ scenario: "small" });
  stubEnvironment({
    DATABASE_URL: database.url,
    POLAR_CLIENT_ID: simulator.clientId,
    POLAR_CLIENT_SECRET: simulator.clientSecret,
    POLAR_API_URL: simulator.url,
    POLAR_AUTHORIZATION_URL: `${simulator.url}/oauth2/authorization`,
    POLAR_TOKEN_URL: `${simulator.url}/v2/oauth2/token`,
  });
});
beforeEach(async () => {
  await database.owner`truncate teams, users, rate_budgets, outbox, owed_deregistrations cascade`;
  await fetch(`${simulator.url}/_sim/reset`, { method: "POST" });
  await fetch(`${simulator.url}/_sim/faults`, { method: "DELETE" });
  const seeded = await seedSquad(database.db);
  squadId = seeded.squadId;
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: "line@example.org", name: "Line Krogh" });
  await database.db.insert(memberships).values({ teamId: seeded.teamId, userId, role: "owner" });
  const actor = { kind: "coach", userId, role: "owner" } as const;
  coach = contextOf(database.db, { actor, teamId: seeded.teamId, now: new Date() });
});
afterAll(async () => {
  await simulator.close();
  await database.close();
});

const visitor = (now = new Date()) => contextOf(database.db, { actor: { kind: "visitor" }, now });

async function invite(name = "Aino Lehtonen") {
  const { link, athleteId } = await inviteAthlete({ ctx: coach, input: { squadId, name } });
  return { athleteId, token: link.split("/").at(-1) ?? "" };
}

async function accept(token: string, history: "with-history" | "from-now" = "with-history") {
  const { textVersion } = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  const input = { token, textVersion, history, locale: "en" } as const;
  return { kind: "invitation", token, ...(await acceptInvitation({ ctx: visitor(), input })) } as const;
}

async function connected(name: string, login: string) {
  const { athleteId, token } = await invite(name);
  const walked = await walkToPolar(await accept(token), login);
  return { athleteId, token, ...walked };
}

const whoIs = async (jar: Map<string, string>) => {
  const value = jar.get(athleteSessionCookieName(appUrl));
  const session = await readAthleteSession({ appUrl, secret: derivedSecret("athlete-session"), value });
  return session?.athleteId;
};

const fault = (body: object) =>
  fetch(`${simulator.url}/_sim/faults`, { method: "POST", body: JSON.stringify(body) });

async function atPolar(login: string) {
  type Row = { login: string; registered: boolean; hasToken: boolean };
  const { athletes: list } = (await (await fetch(`${simulator.url}/_sim/athletes`)).json()) as {
    athletes: Row[];
  };
  return list.find((row) => row.login === login);
}

/** Whether the token we keep is one that Polar honours. */
async function hasToken(login: string, sealed: string | null | undefined): Promise<boolean> {
  const headers = { authorization: `Bearer ${unsealToken(sealed ?? "")}` };
  const answer = await fetch(`${simulator.url}/v3/users/sleep`, { headers });
  return answer.status === 200 && (await atPolar(login))?.hasToken === true;
}

const connectionOf = async (athleteId: string) =>
  (await database.db.select().from(connections).where(eq(connections.athleteId, athleteId)))[0];

test("the coach sees when an invitation was first opened", async () => {
  const { token } = await invite();
  const states = async () =>
    (await listWaiting({ ctx: coach, input: { squadId } })).map(({ state, openedAt }) => ({
      state,
      openedAt,
    }));
  expect(await states()).toEqual([{ state: "sent", openedAt: null }]);
  const opened = new Date();
  await noteOpening({ ctx: visitor(opened), input: { token } });
  await noteOpening({ ctx: visitor(new Date(opened.getTime() + 60_000)), input: { token } });
  await noteOpening({ ctx: visitor(), input: { token: "forged" } });
  expect(await states()).toEqual([{ state: "opened", openedAt: opened }]);
});

test("an invited athlete consents, authorises at Polar, and comes back connected and signed in", async () => {
  const { athleteId, token, page, jar } = await connected("Aino Lehtonen", "aino");
  expect(page).toBe("/me/connected");
  expect(await whoIs(jar)).toBe(athleteId);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active" });
  const [consent] = await database.db.select().from(consents);
  expect(consent).toMatchObject({ athleteId, locale: "en", history: "with-history", withdrawnAt: null });
  await expect(viewInvitation({ ctx: visitor(), input: { token, locale: "en" } })).rejects.toMatchObject({
    code: "link-ended",
  });
  expect(await listWaiting({ ctx: coach, input: { squadId } })).toEqual([]);
});

test.each(["absent", "null", "zero", "words"])(
  "a token answer whose lifetime is %s connects all the same, and no expiry is made up",
  async (expiry) => {
    await fetch(`${simulator.url}/_sim/knobs`, { method: "POST", body: JSON.stringify({ expiry }) });
    const { athleteId, page } = await connected("Aino Lehtonen", "aino");
    expect(page).toBe("/me/connected");
    const connection = await connectionOf(athleteId);
    expect(connection).toMatchObject({ status: "active", tokenExpiresAt: null });
    expect(await hasToken("aino", connection?.accessTokenSealed)).toBe(true);
  },
);

test("Polar's token stands readable neither in the database nor in a cookie", async () => {
  const { athleteId, jar } = await connected("Aino Lehtonen", "aino");
  const token = unsealToken((await connectionOf(athleteId))?.accessTokenSealed ?? "");
  const stored = await database.owner`select (select json_agg(c) from connections c) as connections,
    (select json_agg(o) from outbox o) as outbox, (select json_agg(l) from audit_log l) as audit`;
  expect(token.length).toBeGreaterThan(8);
  expect(JSON.stringify([stored, ...jar.values()])).not.toContain(token);
  expect(await database.owner`select * from accounts`).toEqual([]);
});

test("the recorded text is the one that was shown, generated from the streams", async () => {
  const { token } = await invite();
  const { text } = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  await accept(token, "from-now");
  const [consent] = await database.db.select().from(consents);
  const asked = STREAMS.filter((stream) => stream.partOf === null && stream.choice === "default");
  expect(consent?.streams.toSorted()).toEqual(asked.map((stream) => stream.id as string).toSorted());
  expect(text.shared.items.map((item) => item.stream)).toEqual(asked.map((stream) => stream.id));
  for (const words of [text.title, text.lead, ...text.shared.items.map((item) => item.title)])
    expect(consent?.text).toContain(words);
  expect(consent?.history).toBe("from-now");
});

test("a text that changed since it was shown is not agreed to", async () => {
  const { token } = await invite();
  const input = { token, locale: "en" };
  const { textVersion } = await viewInvitation({ ctx: visitor(), input });
  await database.db.update(squads).set({ optionalStreams: ["routes"] });
  await expect(
    acceptInvitation({ ctx: visitor(), input: { ...input, textVersion, history: "with-history" } }),
  ).rejects.toMatchObject({ code: "conflict" });
  expect(await database.db.select().from(consents)).toEqual([]);
  const { text } = await viewInvitation({ ctx: visitor(), input });
  expect(text.shared.items.map((item) => item.stream)).toContain("routes");
  expect(text.notShared.items).not.toContain("Routes and GPS positions");
});

test("saying no at Polar leads back to the invitation, takes the consent back, and lets the athlete try again", async () => {
  const { athleteId, token } = await invite();
  const intent = await accept(token);
  const { page, jar } = await walkToPolar(intent, "aino", "deny");
  expect(page).toBe(`/invite/${token}?say=denied`);
  expect(await whoIs(jar)).toBeUndefined();
  expect(await database.db.select().from(consents).where(isNull(consents.withdrawnAt))).toEqual([]);
  expect(await connectionOf(athleteId)).toBeUndefined();
  expect((await walkToPolar(await accept(token), "aino")).page).toBe("/me/connected");
});

test("an answer with another state, or in another browser, connects nobody", async () => {
  const { athleteId, token } = await invite();
  const intent = await accept(token);
  const browser = athleteBrowser();
  const callback = await browser.decide(await browser.begin(intent), "aino");
  const forged = new URL(callback);
  forged.searchParams.set("state", "forged");
  expect(await athleteBrowser().comeBack(callback)).toBe("/me/sign-in?say=start-again");
  expect(await browser.comeBack(forged.toString())).toBe("/me/sign-in?say=start-again");
  expect(await connectionOf(athleteId)).toBeUndefined();
});

test("of two tabs the later one counts; the earlier one's answer is refused", async () => {
  const { athleteId, token } = await invite();
  const intent = await accept(token);
  const browser = athleteBrowser();
  const first = await browser.begin(intent);
  const second = await browser.begin(intent);
  const late = await browser.decide(second, "aino");
  expect(await browser.comeBack(late)).toBe("/me/connected");
  expect(await browser.comeBack(await browser.decide(first, "bram"))).toBe("/me/sign-in?say=start-again");
  expect(await connectionOf(athleteId)).toBeDefined();
  expect(await database.db.select().from(connections)).toHaveLength(1);
});

test("an answer of Polar works once", async () => {
  const { token } = await invite();
  const browser = athleteBrowser();
  const callback = await browser.decide(await browser.begin(await accept(token)), "aino");
  expect(await browser.comeBack(callback)).toBe("/me/connected");
  expect(await browser.comeBack(callback)).toBe("/me/sign-in?say=start-again");
});

test("a Polar account in use is refused without a word about whose it is", async () => {
  await connected("Aino Lehtonen", "aino");
  const { athleteId, token, page } = await connected("Somebody Else", "aino");
  expect(page).toBe(`/invite/${token}?say=taken`);
  expect(await connectionOf(athleteId)).toBeUndefined();
  expect(
    await database.db
      .select()
      .from(consents)
      .where(and(eq(consents.athleteId, athleteId), isNull(consents.withdrawnAt))),
  ).toEqual([]);
  const again = await walkToPolar(await accept(token), "bram");
  expect(again.page).toBe("/me/connected");
});

test("when Polar fails at the registration nothing is connected and the invitation stays open", async () => {
  const { token } = await invite();
  await fetch(`${simulator.url}/_sim/faults`, {
    method: "POST",
    body: JSON.stringify({ match: { method: "POST", pathPattern: "^/v3/users$" }, status: 500, times: 50 }),
  });
  const { page } = await walkToPolar(await accept(token), "aino");
  expect(page).toBe(`/invite/${token}?say=provider-failed`);
  await fetch(`${simulator.url}/_sim/faults`, { method: "DELETE" });
  expect((await walkToPolar(await accept(token), "aino")).page).toBe("/me/connected");
});

test("used, declined, withdrawn, expired and forged invitations all say the same", async () => {
  const ended = { code: "link-ended", message: "This link has ended. Ask your coach for a new one." };
  const used = await connected("Aino Lehtonen", "aino");
  const declined = await invite("Declined");
  await declineInvitation({ ctx: visitor(), input: declined });
  const withdrawn = await invite("Withdrawn");
  await withdrawInvitation({ ctx: coach, input: withdrawn });
  const open = await invite("Expired");
  const view = (token: string, now?: Date) =>
    viewInvitation({ ctx: visitor(now), input: { token, locale: "en" } });
  for (const token of [used.token, declined.token, withdrawn.token, "forged"])
    await expect(view(token)).rejects.toMatchObject(ended);
  await expect(view(open.token, new Date(Date.now() + 15 * 86_400_000))).rejects.toMatchObject(ended);
  await expect(view(open.token)).resolves.toMatchObject({ athleteName: "Expired" });
});

test("an invitation withdrawn while the athlete is at Polar connects nobody", async () => {
  const { athleteId, token } = await invite();
  const browser = athleteBrowser();
  const callback = await browser.decide(await browser.begin(await accept(token)), "aino");
  await withdrawInvitation({ ctx: coach, input: { athleteId } });
  expect(await browser.comeBack(callback)).toBe(`/invite/${token}?say=link-ended`);
  expect(await database.db.select().from(connections)).toEqual([]);
});

test("sending again ends the earlier link; a connected athlete is not invited again", async () => {
  const { athleteId, token } = await invite();
  const { link } = await resendInvitation({ ctx: coach, input: { athleteId } });
  await expect(viewInvitation({ ctx: visitor(), input: { token, locale: "en" } })).rejects.toMatchObject({
    code: "link-ended",
  });
  await walkToPolar(await accept(link.split("/").at(-1) ?? ""), "aino");
  await expect(resendInvitation({ ctx: coach, input: { athleteId } })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("coming back through Polar opens the page of the same athlete, and a stranger's account none", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const back = await walkToPolar({ kind: "return" }, "aino");
  expect(back.page).toBe("/me");
  expect(await whoIs(back.jar)).toBe(athleteId);
  const stranger = await walkToPolar({ kind: "return" }, "bram");
  expect(stranger.page).toBe("/me/sign-in?say=unknown");
  expect(await whoIs(stranger.jar)).toBeUndefined();
});

test("after stopping, coming back through Polar opens the page and reconnects nothing", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const teamId = coach.teamId ?? "";
  const own = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: new Date() });
  await stopSharing({ ctx: own });
  const back = await walkToPolar({ kind: "return" }, "aino");
  expect(back.page).toBe("/me");
  expect(await whoIs(back.jar)).toBe(athleteId);
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
  const sim = await (await fetch(`${simulator.url}/_sim/athletes`)).json();
  expect(sim.athletes.find((one: { login: string }) => one.login === "aino").registered).toBe(false);
  const reconnected = await walkToPolar({ kind: "reconnect", athleteId }, "aino");
  expect(reconnected.page).toBe("/me?say=link-ended");
  expect(await connectionOf(athleteId)).toMatchObject({ status: "revoked" });
});

test("a new invitation lets an athlete who stopped share again, and keeps the data", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const teamId = coach.teamId ?? "";
  const own = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: new Date() });
  await stopSharing({ ctx: own });
  const { link } = await resendInvitation({ ctx: coach, input: { athleteId } });
  const { page } = await walkToPolar(await accept(link.split("/").at(-1) ?? ""), "aino");
  expect(page).toBe("/me/connected");
  const [athlete] = await database.db.select().from(athletes).where(eq(athletes.id, athleteId));
  expect(athlete).toMatchObject({ stoppedAt: null, deleteAfter: null });
});

test("while Polar registers nothing is used up: a process that dies there has taken neither the link nor a promise", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const teamId = coach.teamId ?? "";
  const own = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: new Date() });
  await stopSharing({ ctx: own });
  const { link } = await resendInvitation({ ctx: coach, input: { athleteId } });
  const intent = await accept(link.split("/").at(-1) ?? "");
  const stateOf = async () => {
    const [athlete] = await database.db.select().from(athletes).where(eq(athletes.id, athleteId));
    const waiting = await listWaiting({ ctx: coach, input: { squadId } });
    return {
      isStopped: athlete?.stoppedAt !== null,
      isDeletedLater: athlete?.deleteAfter !== null,
      waits: waiting.length,
    };
  };
  const held = await hold(simulator, { method: "POST", pathPattern: "^/v3/users$" });
  const underWay = walkToPolar(intent, "aino");
  await held.reached();
  expect(await stateOf()).toEqual({ isStopped: true, isDeletedLater: true, waits: 1 });
  // The token that nobody would know of any more is owed its end; once it is kept, it is not.
  expect(await database.db.select().from(owedDeregistrations)).toMatchObject([{ attempts: 0 }]);
  await held.letGo();
  expect((await underWay).page).toBe("/me/connected");
  expect(await stateOf()).toEqual({ isStopped: false, isDeletedLater: false, waits: 0 });
  expect(await database.db.select().from(owedDeregistrations)).toEqual([]);
});

/** The connection as Polar's refusal leaves it. */
const broken = { status: "needs-reconnection", accessTokenSealed: null } as const;

test("an athlete whose connection broke connects again from the own page, with the same account only", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  await database.db.update(connections).set(broken);
  expect((await walkToPolar({ kind: "reconnect", athleteId }, "bram")).page).toBe("/me?say=taken");
  expect((await walkToPolar({ kind: "reconnect", athleteId }, "aino")).page).toBe("/me/connected");
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active" });
});

test("one step from the mail connects again: continuing with Polar takes the fresh token of a connection that broke", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  for (const status of ["needs-reconnection", "consent-missing"] as const) {
    await database.db.update(connections).set({ ...broken, status });
    const back = await walkToPolar({ kind: "return" }, "aino");
    expect(back.page).toBe(status === "needs-reconnection" ? "/me?say=reconnected" : "/me");
    expect(await whoIs(back.jar)).toBe(athleteId);
    const connection = await connectionOf(athleteId);
    expect(connection).toMatchObject({ status: "active", statusReason: null });
    expect(await hasToken("aino", connection?.accessTokenSealed)).toBe(true);
  }
  const log = await database.owner`select action from audit_log where action = 'athlete/reconnected'`;
  expect(log).toHaveLength(1);
});

test("when Polar fails at that step the page opens and says so", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  await database.db.update(connections).set(broken);
  await fault({ match: { method: "POST", pathPattern: "^/v3/users$" }, status: 500 });
  const back = await walkToPolar({ kind: "return" }, "aino");
  expect(back.page).toBe("/me?say=provider-failed");
  expect(await whoIs(back.jar)).toBe(athleteId);
  expect(await connectionOf(athleteId)).toMatchObject(broken);
});

test("signing in after stopping, being removed or deleting, or as a stranger, leaves no token at Polar", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const teamId = coach.teamId ?? "";
  const own = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: new Date() });
  await stopSharing({ ctx: own });
  expect((await walkToPolar({ kind: "return" }, "aino")).page).toBe("/me");
  expect(await atPolar("aino")).toMatchObject({ registered: false, hasToken: false });
  await deleteNow({ ctx: own });
  expect((await walkToPolar({ kind: "return" }, "aino")).page).toBe("/me/sign-in?say=unknown");
  expect(await atPolar("aino")).toMatchObject({ registered: false, hasToken: false });
  expect((await walkToPolar({ kind: "return" }, "bram")).page).toBe("/me/sign-in?say=unknown");
  expect(await atPolar("bram")).toMatchObject({ registered: false, hasToken: false });
  const chi = await connected("Chi", "chi");
  await removeAthlete({ ctx: coach, input: chi });
  expect((await walkToPolar({ kind: "return" }, "chi")).page).toBe("/me");
  expect(await connectionOf(chi.athleteId)).toMatchObject({ status: "revoked", accessTokenSealed: null });
  expect(await atPolar("chi")).toMatchObject({ registered: false, hasToken: false });
  expect(await database.db.select().from(owedDeregistrations)).toEqual([]);
});

test("a token that could not be given back is owed until Polar ends it, and never held against one who shares again", async () => {
  await fault({ match: { pathPattern: "^/v3/users" }, status: 503, times: 50 });
  expect((await walkToPolar({ kind: "return" }, "bram")).page).toBe("/me/sign-in?say=unknown");
  expect((await walkToPolar({ kind: "return" }, "chi")).page).toBe("/me/sign-in?say=unknown");
  const stored = JSON.stringify(await database.db.select().from(owedDeregistrations));
  expect(stored.match(/"v1\./g)).toHaveLength(2);
  await fetch(`${simulator.url}/_sim/faults`, { method: "DELETE" });
  const { athleteId } = await connected("Chi", "chi");
  const job = (hours: number) => contextOf(database.db, { now: new Date(Date.now() + hours * 3_600_000) });
  expect(await finishRevocations({ ctx: job(0) }), "not before its next try").toEqual({
    told: 0,
    waiting: 0,
  });
  expect(await finishRevocations({ ctx: job(1) })).toEqual({ told: 2, waiting: 0 });
  expect(await atPolar("bram")).toMatchObject({ registered: false, hasToken: false });
  expect(await atPolar("chi")).toMatchObject({ registered: true, hasToken: true });
  expect(await connectionOf(athleteId)).toMatchObject({ status: "active" });
  expect(await database.db.select().from(owedDeregistrations)).toEqual([]);
});

test("a link alone opens what is stored to no other Polar account: a coach who invites again cannot become the athlete", async () => {
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  const teamId = coach.teamId ?? "";
  const own = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId, now: new Date() });
  const attempts = [
    () => stopSharing({ ctx: own }),
    () => removeAthlete({ ctx: coach, input: { athleteId } }),
  ];
  for (const end of attempts) {
    await end();
    const { link } = await resendInvitation({ ctx: coach, input: { athleteId } });
    const token = link.split("/").at(-1) ?? "";
    const taken = await walkToPolar(await accept(token), "bram");
    expect(taken.page).toBe(`/invite/${token}?say=taken`);
    expect(await whoIs(taken.jar)).toBeUndefined();
    expect(await atPolar("bram")).toMatchObject({ registered: false, hasToken: false });
    expect(await database.db.select().from(consents).where(isNull(consents.withdrawnAt))).toEqual([]);
    expect((await walkToPolar(await accept(token), "aino")).page).toBe("/me/connected");
  }
});

test("a coach signed in in the same browser keeps the session and is linked to nothing", async () => {
  const { token } = await invite();
  const browser = athleteBrowser();
  browser.jar.set("restday-coach.session", "the coach's own");
  const callback = await browser.decide(await browser.begin(await accept(token)), "aino");
  expect(await browser.comeBack(callback)).toBe("/me/connected");
  expect(browser.jar.get("restday-coach.session")).toBe("the coach's own");
  expect(await database.owner`select * from accounts`).toEqual([]);
  expect(await database.db.select().from(users)).toHaveLength(1);
});

test("an invitation by e-mail is mailed once, sealed; one without is not", async () => {
  await inviteAthlete({
    ctx: coach,
    input: { squadId, name: "Signe Holm", email: "Signe.Holm@example.org" },
  });
  await invite("By link");
  const rows = await database.db.select().from(mails);
  expect(rows).toMatchObject([{ kind: "invitation", toEmail: "signe.holm@example.org" }]);
  expect(rows[0]?.subject).toBe("Line Krogh invites you to share your Polar data");
  expect(rows[0]?.bodySealed).toMatch(/^v1\./);
  const [invitation] = await database.db
    .select()
    .from(invitations)
    .where(eq(invitations.email, "signe.holm@example.org"));
  expect(invitation?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
});

test("a pasted list invites who can be invited and names the rest", async () => {
  await inviteAthlete({ ctx: coach, input: { squadId, name: "Tove Aas", email: "tove.aas@example.org" } });
  const text =
    "name;email;group\nSigne Holm;signe.holm@example.org;Sculls\ntove.aas@example.org\nnot@an@address";
  const { invited, left } = await inviteMany({ ctx: coach, input: { squadId, text } });
  expect(invited).toMatchObject([{ name: "Signe Holm", email: "signe.holm@example.org" }]);
  expect(left.map((line) => [line.line, line.problem])).toEqual([
    [3, "already-there"],
    [4, "bad-email"],
  ]);
  const waiting = await listWaiting({ ctx: coach, input: { squadId } });
  expect(waiting.map((one) => [one.name, one.groupName, one.state])).toEqual([
    ["Signe Holm", "Sculls", "sent"],
    ["Tove Aas", null, "sent"],
  ]);
});

test("the waiting list tells sent, accepted, declined and expired apart", async () => {
  const names = ["Sent", "Accepted", "Declined", "Expired"];
  const [, accepted, declined, expired] = await Promise.all(names.map((name) => invite(name)));
  await accept(accepted?.token ?? "");
  await declineInvitation({ ctx: visitor(), input: { token: declined?.token ?? "" } });
  await database.db
    .update(invitations)
    .set({ expiresAt: new Date(0) })
    .where(eq(invitations.athleteId, expired?.athleteId ?? ""));
  const waiting = await listWaiting({ ctx: coach, input: { squadId } });
  expect(Object.fromEntries(waiting.map((one) => [one.name, one.state]))).toEqual({
    Sent: "sent",
    Accepted: "accepted",
    Declined: "declined",
    Expired: "expired",
  });
});

test("a decline can be taken back until the link expires, and by nobody once it was withdrawn", async () => {
  const { athleteId, token } = await invite();
  await declineInvitation({ ctx: visitor(), input: { token } });
  await reopenInvitation({ ctx: visitor(), input: { token } });
  expect(await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } })).toBeDefined();
  expect((await listWaiting({ ctx: coach, input: { squadId } }))[0]?.state).not.toBe("declined");
  await declineInvitation({ ctx: visitor(), input: { token } });
  await withdrawInvitation({ ctx: coach, input: { athleteId } });
  for (const link of [token, "forged"])
    await expect(reopenInvitation({ ctx: visitor(), input: { token: link } })).rejects.toMatchObject({
      code: "link-ended",
    });
});

test("a link that was never mailed is not called sent, and a mail that failed says so", async () => {
  await inviteAthlete({ ctx: coach, input: { squadId, name: "By link" } });
  for (const name of ["waiting", "sent", "failed"])
    await inviteAthlete({ ctx: coach, input: { squadId, name, email: `${name}@example.org` } });
  for (const state of ["sent", "failed"])
    await database.owner`update mails set state = ${state} where to_email = ${`${state}@example.org`}`;
  const waiting = await listWaiting({ ctx: coach, input: { squadId } });
  expect(Object.fromEntries(waiting.map((one) => [one.name, one.delivery]))).toEqual({
    "By link": "link",
    waiting: "waiting",
    sent: "sent",
    failed: "failed",
  });
});

test("withdrawing removes an athlete who never connected, and keeps one who did", async () => {
  const never = await invite("Never");
  await withdrawInvitation({ ctx: coach, input: never });
  expect(await database.db.select().from(athletes)).toEqual([]);
  const { athleteId } = await connected("Aino Lehtonen", "aino");
  await withdrawInvitation({ ctx: coach, input: { athleteId } });
  expect(await database.db.select().from(athletes)).toHaveLength(1);
  expect(await database.db.select().from(streamStates)).not.toEqual([]);
});
