import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { athletes, consents, squads } from "@/db/schema/squad";
import { memberships, oneTimeLinks } from "@/db/schema/team";
import { athleteSessionCookieName, readAthleteSession } from "@/lib/auth/athlete-session";
import type { Context } from "@/lib/context";
import { unseal } from "@/lib/crypto/seal";
import { derivedSecret, env } from "@/lib/env";
import { changeAthlete, removeAthlete } from "@/lib/services/athletes/manage";
import { listOwnCheckIns, saveCheckIn } from "@/lib/services/check-ins/save";
import { viewConsent, viewWidening } from "@/lib/services/consents/widening";
import { acceptInvitation, declineInvitation, viewInvitation } from "@/lib/services/invitations/answer";
import {
  inviteAthlete,
  listWaiting,
  resendInvitation,
  withdrawInvitation,
} from "@/lib/services/invitations/invite";
import { MAIL_PURPOSE } from "@/lib/services/mail/queue";
import {
  answerProposedAddress,
  changeOwnAddress,
  mustSignInAgain,
  viewAddress,
} from "@/lib/services/own-page/address";
import { exportEverything, viewLooks } from "@/lib/services/own-page/export";
import { viewProgress } from "@/lib/services/own-page/progress";
import {
  deleteNow,
  pauseSharing,
  resumeSharing,
  stopSharing,
  viewLeaving,
  viewPause,
} from "@/lib/services/own-page/sharing";
import { openPageLink, requestPageLink, viewPageLink } from "@/lib/services/own-page/sign-in";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { viewOwnReadings } from "@/lib/services/readings/view";
import { findAthleteActor } from "@/lib/services/team/sign-in";
import { startSimulator } from "@/simulator/server";
import { contextOf, seedSquad } from "../support/athletes";
import { athleteBrowser, walkToPolar } from "../support/browser-of-athlete";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

const AINO = "aino@example.org";
const COACH = "line@example.org";
const ENDED = { code: "link-ended" };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let coach: Context;
let squadId: string;
let now: Date;

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
  await database.owner`truncate teams, users, one_time_links, rate_budgets, outbox, owed_deregistrations cascade`;
  await fetch(`${simulator.url}/_sim/reset`, { method: "POST" });
  now = new Date();
  ({ squadId, coach } = await team());
});
afterAll(async () => {
  await simulator.close();
  await database.close();
});

async function team() {
  const seeded = await seedSquad(database.db);
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org`, name: "Line Krogh" });
  await database.db.insert(memberships).values({ teamId: seeded.teamId, userId, role: "owner" });
  const actor = { kind: "coach", userId, role: "owner" } as const;
  return { squadId: seeded.squadId, coach: contextOf(database.db, { actor, teamId: seeded.teamId, now }) };
}

const visitor = () => contextOf(database.db, { actor: { kind: "visitor" }, now });
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const tokenOf = (link: string) => link.split("/").at(-1) ?? "";

async function invite(email = AINO) {
  const { athleteId, link } = await inviteAthlete({ ctx: coach, input: { squadId, name: "Aino", email } });
  return { athleteId, token: tokenOf(link) };
}

async function accept(token: string, as: { ctx?: Context; email?: string } = {}) {
  const { ctx = visitor(), ...address } = as;
  const { textVersion } = await viewInvitation({ ctx, input: { token, locale: "en" } });
  const input = { token, textVersion, history: "with-history", locale: "en", ...address } as const;
  return { kind: "invitation", token, ...(await acceptInvitation({ ctx, input })) } as const;
}

/** Invited, and agreed; not back from Polar. */
async function agreed(email = AINO) {
  const invited = await invite();
  return { ...invited, intent: await accept(invited.token, { email }) };
}

/** Agreed, and opened the page by the mailed link, with nothing connected ever. */
async function withPage() {
  const invited = await agreed();
  return { ...invited, own: await signIn() };
}

async function connected(login = "aino") {
  const invited = await agreed();
  expect((await walkToPolar(invited.intent, login)).page).toBe("/me/connected");
  return invited;
}

/** Tokens of the page links mailed to an address, the newest last. */
async function pageLinks(toEmail = AINO): Promise<string[]> {
  const rows = await database.db
    .select()
    .from(mails)
    .where(eq(mails.toEmail, toEmail))
    .orderBy(mails.queuedAt);
  return rows.flatMap(({ kind, bodySealed }) => {
    if (kind !== "athlete-page") return [];
    const body = unseal(bodySealed ?? "", { secret: env().ENCRYPTION_KEY, purpose: MAIL_PURPOSE });
    return /\/me\/open\/([\w-]+)/.exec((JSON.parse(body) as { text: string }).text)?.[1] ?? [];
  });
}

async function requestLink(email = AINO): Promise<string | undefined> {
  const before = new Set(await pageLinks(email));
  await requestPageLink({ ctx: visitor(), input: { email } });
  return (await pageLinks(email)).find((token) => !before.has(token));
}

/** The context that a browser has which signed in at this moment; it ends when the session does. */
async function sessionOf(athleteId: string, startedAt = now): Promise<Context> {
  const found = await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt } });
  expect(found).toBeDefined();
  return { ...visitor(), ...found };
}

/** Signs in by a link that is mailed and followed. */
async function signIn(email = AINO): Promise<Context> {
  const token = (await requestLink(email)) ?? "";
  const { athleteId } = await openPageLink({ ctx: visitor(), input: { token } });
  return sessionOf(athleteId);
}

async function download(ctx: Context) {
  let text = "";
  for await (const piece of exportEverything({ ctx })) text += piece;
  return JSON.parse(text);
}

const rowOf = async (athleteId: string) =>
  (await database.db.select().from(athletes).where(eq(athletes.id, athleteId)))[0];
const connectionsOf = (athleteId: string) =>
  database.db.select().from(connections).where(eq(connections.athleteId, athleteId));
const atPolar = async (login: string) => {
  const answer = await (await fetch(`${simulator.url}/_sim/athletes`)).json();
  return answer.athletes.find((one: { login: string }) => one.login === login);
};

describe("a link is mailed to whoever has taken part, and to nobody else", () => {
  const cases: [standing: string, mailed: boolean, bring: () => Promise<unknown>][] = [
    ["invited: a coach typed the address", false, () => invite()],
    [
      "declined",
      false,
      async () => declineInvitation({ ctx: visitor(), input: { token: (await agreed()).token } }),
    ],
    ["agreed, and never came back from Polar", true, () => agreed()],
    ["agreed, and said no at Polar", false, async () => walkToPolar((await agreed()).intent, "aino", "deny")],
    ["opened the page, nothing connected", true, () => withPage()],
    ["connected", true, () => connected()],
    [
      "refused by Polar since",
      true,
      async () => {
        await connected();
        await database.db.update(connections).set({ status: "needs-reconnection", accessTokenSealed: null });
      },
    ],
    ["stopped", true, async () => stopSharing({ ctx: await sessionOf((await connected()).athleteId) })],
    ["removed by the coach", true, async () => removeAthlete({ ctx: coach, input: await connected() })],
    [
      "in an archived squad",
      true,
      async () => {
        await connected();
        await database.db.update(squads).set({ archivedAt: now });
      },
    ],
    ["deleted", false, async () => deleteNow({ ctx: await sessionOf((await connected()).athleteId) })],
  ];
  test.each(cases)("%s: %s", async (_standing, mailed, bring) => {
    await bring();
    later(1);
    const token = await requestLink();
    expect(token !== undefined).toBe(mailed);
    if (token) expect(await openPageLink({ ctx: visitor(), input: { token } })).toHaveProperty("athleteId");
  });
});

describe("a mailed link opens everything that Polar opens, whatever is connected", () => {
  const standings: [string, () => Promise<{ athleteId: string }>][] = [
    ["nothing ever", () => withPage()],
    ["Polar", () => connected()],
    [
      "Polar until it refused",
      async () => {
        const athlete = await connected();
        await database.db.update(connections).set({ status: "needs-reconnection", accessTokenSealed: null });
        return athlete;
      },
    ],
  ];
  test.each(standings)("%s", async (_standing, bring) => {
    const { athleteId } = await bring();
    later(1);
    const ctx = await signIn();
    expect((await viewOwnPage({ ctx, input: { locale: "en-GB" } })).athleteName).toBe("Aino");
    expect((await viewLooks({ ctx, input: { page: 1 } })).latest[0]).toMatchObject({
      who: { kind: "you" },
      what: "opened-by-mail",
    });
    await viewProgress({ ctx });
    await viewPause({ ctx, input: {} });
    await viewWidening({ ctx, input: { locale: "en" } });
    await viewOwnReadings({ ctx });
    expect((await viewConsent({ ctx })).consent).toBeDefined();
    const answers = { sleepQuality: 2, fatigue: null, soreness: null, lifeStress: null, tags: [], note: "" };
    await saveCheckIn({ ctx, input: answers });
    expect((await listOwnCheckIns({ ctx, input: { page: 1 } })).total).toBe(1);
    await pauseSharing({ ctx });
    expect((await viewOwnPage({ ctx, input: { locale: "en-GB" } })).sharing.state).toBe("paused");
    await resumeSharing({ ctx });
    expect(await download(ctx)).toMatchObject({
      athlete: { id: athleteId },
      checkIns: [{ sleepQuality: 2 }],
    });
    await changeOwnAddress({ ctx, input: { email: "new@example.org" } });
    later(1);
    const again = await signIn("new@example.org");
    await stopSharing({ ctx: again });
    expect((await viewOwnPage({ ctx: again, input: { locale: "en-GB" } })).sharing.state).toBe("stopped");
    expect(await deleteNow({ ctx: again })).toEqual({ deleted: "now" });
    expect(await rowOf(athleteId)).toBeUndefined();
    expect(await database.db.select().from(oneTimeLinks)).toEqual([]);
    expect(await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt: now } })).toBeUndefined();
  });

  test("connecting from the page: the first time answers the invitation", async () => {
    const { athleteId, token } = await withPage();
    expect((await walkToPolar({ kind: "reconnect", athleteId }, "aino")).page).toBe("/me/connected");
    await expect(viewInvitation({ ctx: visitor(), input: { token, locale: "en" } })).rejects.toMatchObject(
      ENDED,
    );
    expect(await listWaiting({ ctx: coach, input: { squadId } })).toEqual([]);
    const log = await database.owner`select action from audit_log where action like 'athlete/%connected'`;
    expect(log).toEqual([{ action: "athlete/connected" }]);
  });
});

describe("one link", () => {
  test("that is used ends the others, is logged, and opens nothing for whoever it was forwarded to", async () => {
    await connected();
    const [first = "", second = ""] = [await requestLink(), await requestLink()];
    await openPageLink({ ctx: visitor(), input: { token: second } });
    for (const token of [first, second]) {
      await expect(viewPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject(ENDED);
      await expect(openPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject(ENDED);
    }
    const log = await database.owner`select actor_kind, what from access_log where what = 'opened-by-mail'`;
    expect(log).toEqual([{ actor_kind: "athlete", what: "opened-by-mail" }]);
  });

  test("pressed twice at the same moment opens one session", async () => {
    await connected();
    const token = (await requestLink()) ?? "";
    const press = () => openPageLink({ ctx: visitor(), input: { token } }).catch(() => undefined);
    expect((await Promise.all([press(), press()])).filter((opened) => opened)).toHaveLength(1);
  });

  test("ends with the address it was mailed to", async () => {
    const { token: invitation } = await agreed();
    const token = (await requestLink()) ?? "";
    await accept(invitation, { email: "own@example.org" });
    await expect(viewPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject(ENDED);
    await expect(openPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject(ENDED);
  });

  test("ends with the agreement that it was mailed for", async () => {
    const { token: invitation } = await agreed();
    const token = (await requestLink()) ?? "";
    await declineInvitation({ ctx: visitor(), input: { token: invitation } });
    await expect(openPageLink({ ctx: visitor(), input: { token } })).rejects.toMatchObject(ENDED);
  });

  test("an athlete of two teams gets one for each page, and using one leaves the other", async () => {
    const here = await connected("aino");
    ({ squadId, coach } = await team());
    const there = await connected("bram");
    await requestPageLink({ ctx: visitor(), input: { email: AINO } });
    const tokens = await pageLinks();
    const opened = [];
    for (const token of tokens) opened.push(await openPageLink({ ctx: visitor(), input: { token } }));
    expect(new Set(opened.map(({ athleteId }) => athleteId))).toEqual(
      new Set([here.athleteId, there.athleteId]),
    );
  });
});

describe("a coach", () => {
  test("who puts their own address in after the athlete agreed gets no link, and the agreement is asked again", async () => {
    const { athleteId } = await agreed();
    await changeAthlete({ ctx: coach, input: { athleteId, email: COACH } });
    expect(await requestLink(COACH)).toBeUndefined();
    expect(await requestLink(AINO)).toBeUndefined();
    expect(await database.db.select().from(consents)).toMatchObject([{ withdrawnAt: expect.any(Date) }]);
    expect(await listWaiting({ ctx: coach, input: { squadId } })).toMatchObject([{ state: "sent" }]);
  });

  test("only proposes an address once the athlete has opened the page", async () => {
    const { athleteId } = await withPage();
    await changeAthlete({ ctx: coach, input: { athleteId, email: COACH } });
    expect(await rowOf(athleteId)).toMatchObject({ email: AINO, proposedEmail: COACH });
    expect(await requestLink(COACH)).toBeUndefined();
    expect(await listWaiting({ ctx: coach, input: { squadId } })).toMatchObject([{ owned: true }]);
  });

  test("cannot answer an invitation in the place of an athlete with a page, nor open it through Polar", async () => {
    const { athleteId, own } = await withPage();
    const { link } = await resendInvitation({ ctx: coach, input: { athleteId } });
    const token = tokenOf(link);
    const input = { token, locale: "en" };
    const view = await viewInvitation({ ctx: visitor(), input });
    expect(view).toMatchObject({ signInFirst: true });
    expect(view.address).toBeUndefined();
    const refused = { code: "not-signed-in" };
    await expect(accept(token, { email: COACH })).rejects.toMatchObject(refused);
    await expect(accept(token, { ctx: { ...coach, now } })).rejects.toMatchObject(refused);
    await expect(declineInvitation({ ctx: visitor(), input: { token } })).rejects.toMatchObject(refused);
    const forged = { kind: "invitation", token, consentId: randomUUID() } as const;
    const walked = await walkToPolar(forged, "bram");
    expect(walked.page).toBe(`/invite/${token}?say=start-again`);
    expect(walked.jar.has(athleteSessionCookieName(env().APP_URL))).toBe(false);
    expect(await atPolar("bram")).toMatchObject({ registered: false, hasToken: false });
    expect((await viewConsent({ ctx: own })).consent).toBeDefined();
    expect(await rowOf(athleteId)).toMatchObject({ email: AINO });

    expect(await viewInvitation({ ctx: own, input })).toMatchObject({ signInFirst: false });
    const intent = await accept(token, { ctx: own, email: COACH });
    expect(await rowOf(athleteId)).toMatchObject({ email: AINO });
    expect((await walkToPolar(intent, "aino")).page).toBe("/me/connected");
  });

  test("who accepts in the athlete's place gets an empty page, and the athlete's data never come to it", async () => {
    const { athleteId, token } = await agreed(COACH);
    await signIn(COACH);
    await expect(accept(token, { email: AINO })).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await connectionsOf(athleteId)).toEqual([]);
  });

  test("who agrees by the same link while the athlete is at Polar, with an address of theirs, gains nothing", async () => {
    const { athleteId, token, intent } = await agreed();
    const browser = athleteBrowser();
    const callback = await browser.decide(await browser.begin(intent), "aino");
    await accept(token, { email: COACH });
    expect(await browser.comeBack(callback)).toBe(`/invite/${token}?say=start-again`);
    expect(await connectionsOf(athleteId)).toEqual([]);
    expect(await atPolar("aino")).toMatchObject({ registered: false, hasToken: false });
    // The athlete agrees again, and names the address again.
    const again = await accept(token, { email: AINO });
    expect((await walkToPolar(again, "aino")).page).toBe("/me/connected");
    expect(await requestLink(COACH)).toBeUndefined();
  });

  test("who takes the invitation back leaves an athlete with a page the days to download", async () => {
    const { athleteId, token } = await withPage();
    await withdrawInvitation({ ctx: coach, input: { athleteId } });
    await expect(viewInvitation({ ctx: visitor(), input: { token, locale: "en" } })).rejects.toMatchObject(
      ENDED,
    );
    later(60);
    const own = await signIn();
    const page = await viewOwnPage({ ctx: own, input: { locale: "en-GB" } });
    expect(page).toMatchObject({ sharing: { state: "stopped" }, consent: null });
    expect(page.deleteAfter?.getTime()).toBeGreaterThan(now.getTime() + 29 * 86_400_000);
  });
});

test("stopping without anything connected ends the invitation too: no old link shares again", async () => {
  const { token, own, athleteId, intent } = await withPage();
  expect(await viewLeaving({ ctx: own })).toMatchObject({ stopped: false, endsAccess: false });
  await stopSharing({ ctx: own });
  expect((await walkToPolar(intent, "aino")).page).toBe(`/invite/${token}?say=link-ended`);
  expect(await rowOf(athleteId)).toMatchObject({ stoppedAt: expect.any(Date) });
});

describe("the address is the key to the page", () => {
  test("so a session of half an hour changes it no more, and a link or Polar makes it possible again", async () => {
    const { athleteId } = await connected();
    const old = await sessionOf(athleteId);
    later(31);
    await changeAthlete({ ctx: coach, input: { athleteId, email: COACH } });
    const stale = { ...old, now };
    expect(mustSignInAgain(stale)).toBe(true);
    const refused = { code: "sign-in-again" };
    const change = { email: "own@example.org" };
    await expect(changeOwnAddress({ ctx: stale, input: change })).rejects.toMatchObject(refused);
    const agree = { email: COACH, answer: "agree" } as const;
    await expect(answerProposedAddress({ ctx: stale, input: agree })).rejects.toMatchObject(refused);
    expect(await rowOf(athleteId)).toMatchObject({ email: AINO, proposedEmail: COACH });
    await answerProposedAddress({ ctx: stale, input: { ...agree, answer: "refuse" } });
    expect((await viewAddress({ ctx: stale })).proposal).toBeNull();
    await download(stale);
    await pauseSharing({ ctx: stale });

    await changeOwnAddress({ ctx: await signIn(), input: change });
    expect(await rowOf(athleteId)).toMatchObject(change);
  });

  test("Polar counts as a fresh sign-in, and the log shows it", async () => {
    const { athleteId } = await connected();
    const { page, jar } = await walkToPolar({ kind: "return" }, "aino");
    expect(page).toBe("/me");
    const value = jar.get(athleteSessionCookieName(env().APP_URL));
    const secret = derivedSecret("athlete-session");
    const session = await readAthleteSession({ appUrl: env().APP_URL, secret, value });
    now = new Date();
    const ctx = await sessionOf(athleteId, session?.startedAt);
    expect(mustSignInAgain(ctx)).toBe(false);
    await changeOwnAddress({ ctx, input: { email: "Own@Bücher.example" } });
    expect(await rowOf(athleteId)).toMatchObject({ email: "own@xn--bcher-kva.example" });
    const { latest } = await viewLooks({ ctx, input: { page: 1 } });
    expect(latest.map(({ what }) => what)).toEqual(["address-changed", "opened-by-account"]);
  });

  test("and every session ends with it, whichever way it was opened", async () => {
    const { athleteId } = await connected();
    const [byPolar, byMail] = [now, await signIn()];
    later(1);
    await changeOwnAddress({ ctx: { ...byMail, now }, input: { email: "own@example.org" } });
    for (const startedAt of [byPolar, byMail.now])
      expect(await findAthleteActor({ ctx: visitor(), input: { athleteId, startedAt } })).toBeUndefined();
    await expect(viewAddress({ ctx: await signIn("own@example.org") })).resolves.toMatchObject({
      email: "own@example.org",
    });
  });
});
