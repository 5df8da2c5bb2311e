import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections, streamStates } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { jobFailures } from "@/db/schema/operation";
import { memberships } from "@/db/schema/team";
import { type Act, type Actor, type Context, ROLES, type Role, rolesTo } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { changeAthlete, purgeAthletes, removeAthlete } from "@/lib/services/athletes/manage";
import { listOwnCheckIns, saveCheckIn } from "@/lib/services/check-ins/save";
import { connect } from "@/lib/services/connections/connect";
import { chooseOptionalStreams, viewOptionalStreams } from "@/lib/services/consents/optional";
import { refuseMore, viewConsent, viewWidening } from "@/lib/services/consents/widening";
import { sayVerdict } from "@/lib/services/episodes/verdict";
import { viewPrecision } from "@/lib/services/episodes/view";
import { previewConsent } from "@/lib/services/invitations/answer";
import { connectInvited } from "@/lib/services/invitations/connect-invited";
import {
  inviteAthlete,
  listWaiting,
  resendInvitation,
  withdrawInvitation,
} from "@/lib/services/invitations/invite";
import { inviteMany, previewMany } from "@/lib/services/invitations/list";
import { settleJobFailure } from "@/lib/services/jobs/failures";
import { sendMailAgain } from "@/lib/services/mail/deliver";
import { viewOperation } from "@/lib/services/operation/view";
import { changeOwnAddress, viewAddress } from "@/lib/services/own-page/address";
import { exportEverything, viewLooks } from "@/lib/services/own-page/export";
import { viewProgress } from "@/lib/services/own-page/progress";
import { reconnect, welcomeBack } from "@/lib/services/own-page/return";
import {
  deleteNow,
  pauseSharing,
  resumeSharing,
  stopSharing,
  viewLeaving,
  viewPause,
} from "@/lib/services/own-page/sharing";
import { openPageLink, requestPageLink, settleAthleteLanguage } from "@/lib/services/own-page/sign-in";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { askReprocess } from "@/lib/services/payloads/reprocess";
import { forecastFirstSyncs } from "@/lib/services/provider/budget";
import { chooseSource } from "@/lib/services/readiness/source";
import { viewOwnReadings } from "@/lib/services/readings/view";
import { viewLoadCoverage } from "@/lib/services/squads/load-coverage";
import {
  archiveSquad,
  changeSquad,
  createSquad,
  getSquad,
  listArchivedSquads,
  listSquads,
  restoreSquad,
} from "@/lib/services/squads/manage";
import { viewLedger } from "@/lib/services/sync/ledger";
import { admitCoach, createOwnerClaim, inviteCoach, joinTeam } from "@/lib/services/team/join";
import {
  changeRole,
  createTeam,
  removeMember,
  viewTeam,
  withdrawCoachInvitation,
} from "@/lib/services/team/members";
import { openSession, settleCoachLanguage } from "@/lib/services/team/sign-in";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { POLAR } from "@/lib/wearables/provider";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";
import { serviceVerbs } from "../support/verbs";

type Place = {
  teamId: string;
  squadId: string;
  athleteId: string;
  memberId: string;
  invitedEmail: string;
  failedMailId: string;
  failureId: string;
};
type Verb = (ctx: Context, place: Place) => Promise<unknown>;

let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
});
afterAll(() => database.close());

async function person(teamId: string, role: Role): Promise<string> {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  await database.db.insert(memberships).values({ teamId, userId, role });
  return userId;
}

const as = (actor: Actor, teamId?: string) => contextOf(database.db, { actor, teamId, now: new Date() });

/** A mail that failed and a job that gave up. */
async function troubles(teamId: string, athleteId: string) {
  const [failedMailId, failureId] = [randomUUID(), randomUUID()];
  await database.db.insert(mails).values({
    id: failedMailId,
    teamId,
    kind: "invitation",
    key: failedMailId,
    toEmail: "nobody",
    subject: "",
    bodySealed: "v1.sealed",
    state: "failed",
    messageId: failedMailId,
    queuedAt: new Date(),
  });
  const failure = { id: failureId, functionId: "score-athlete", subjectId: athleteId, error: "" };
  await database.db.insert(jobFailures).values({ ...failure, failedAt: new Date() });
  return { failedMailId, failureId };
}

/** A team with a squad, an invited athlete, a member and an invited coach: something for every verb to act on. */
async function place(): Promise<Place> {
  const { teamId, squadId } = await seedSquad(database.db);
  const ctx = as({ kind: "coach", userId: await person(teamId, "owner"), role: "owner" }, teamId);
  const { athleteId } = await inviteAthlete({ ctx, input: { squadId, name: "Aino Lehtonen" } });
  const invitedEmail = `${randomUUID()}@example.org`;
  await inviteCoach({ ctx, input: { email: invitedEmail, role: "coach" } });
  const memberId = await person(teamId, "viewer");
  return { teamId, squadId, athleteId, memberId, invitedEmail, ...(await troubles(teamId, athleteId)) };
}

/** Verbs of members: the act that they require, and whether they name something of a team. */
const coachVerbs: { name: string; act: Act; names: "something" | "nothing"; verb: Verb }[] = [
  { name: "listSquads", act: "squads.view", names: "nothing", verb: (ctx) => listSquads({ ctx }) },
  {
    name: "listArchivedSquads",
    act: "squads.view",
    names: "nothing",
    verb: (ctx) => listArchivedSquads({ ctx }),
  },
  { name: "viewTeam", act: "team.view", names: "nothing", verb: (ctx) => viewTeam({ ctx }) },
  {
    name: "viewLoadCoverage",
    act: "squads.view",
    names: "something",
    verb: (ctx, { squadId }) => viewLoadCoverage({ ctx, input: { squadId } }),
  },
  {
    name: "getSquad",
    act: "squads.view",
    names: "something",
    verb: (ctx, { squadId }) => getSquad({ ctx, input: { squadId } }),
  },
  {
    name: "listWaiting",
    act: "invitations.view",
    names: "something",
    verb: async (ctx, { squadId }) => {
      const waiting = await listWaiting({ ctx, input: { squadId } });
      if (waiting.length === 0) throw new AppError("not-found", "Nothing of another team is listed.");
    },
  },
  {
    name: "previewConsent",
    act: "invitations.view",
    names: "something",
    verb: (ctx, { squadId }) => previewConsent({ ctx, input: { squadId, locale: "en" } }),
  },
  {
    name: "createSquad",
    act: "squads.create",
    names: "nothing",
    verb: (ctx) =>
      createSquad({ ctx, input: { name: "Juniors", timeZone: "Europe/Helsinki", preset: "brief" } }),
  },
  {
    name: "changeSquad",
    act: "squads.change",
    names: "something",
    verb: (ctx, { squadId }) => changeSquad({ ctx, input: { squadId, name: "Renamed" } }),
  },
  {
    name: "viewOptionalStreams",
    act: "squads.view",
    names: "something",
    verb: (ctx, { squadId }) => viewOptionalStreams({ ctx, input: { squadId } }),
  },
  {
    name: "chooseOptionalStreams",
    act: "squads.change",
    names: "something",
    verb: (ctx, { squadId }) => chooseOptionalStreams({ ctx, input: { squadId, streams: ["routes"] } }),
  },
  {
    name: "inviteAthlete",
    act: "athletes.invite",
    names: "something",
    verb: (ctx, { squadId }) => inviteAthlete({ ctx, input: { squadId, name: "Signe Holm" } }),
  },
  {
    name: "previewMany",
    act: "athletes.invite",
    names: "something",
    verb: (ctx, { squadId }) => previewMany({ ctx, input: { squadId, text: "a@example.org" } }),
  },
  {
    name: "inviteMany",
    act: "athletes.invite",
    names: "something",
    verb: (ctx, { squadId }) => inviteMany({ ctx, input: { squadId, text: "a@example.org" } }),
  },
  {
    name: "resendInvitation",
    act: "athletes.invite",
    names: "something",
    verb: (ctx, { athleteId }) => resendInvitation({ ctx, input: { athleteId } }),
  },
  {
    name: "withdrawInvitation",
    act: "athletes.invite",
    names: "something",
    verb: (ctx, { athleteId }) => withdrawInvitation({ ctx, input: { athleteId } }),
  },
  {
    name: "changeAthlete",
    act: "athletes.change",
    names: "something",
    verb: (ctx, { athleteId }) => changeAthlete({ ctx, input: { athleteId, groupName: "Sculls" } }),
  },
  {
    name: "changeAthlete, another address",
    act: "athletes.change",
    names: "something",
    verb: (ctx, { athleteId }) => changeAthlete({ ctx, input: { athleteId, email: "new@example.org" } }),
  },
  {
    name: "removeAthlete",
    act: "athletes.remove",
    names: "something",
    verb: (ctx, { athleteId }) => removeAthlete({ ctx, input: { athleteId } }),
  },
  {
    name: "sayVerdict",
    act: "episodes.judge",
    names: "something",
    verb: (ctx, { athleteId }) =>
      sayVerdict({ ctx, input: { athleteId, openedOn: "2026-03-01", verdict: "useful" } }),
  },
  {
    name: "viewPrecision",
    act: "squads.view",
    names: "something",
    verb: (ctx, { squadId }) => viewPrecision({ ctx, input: { squadId } }),
  },
  {
    name: "chooseSource",
    act: "source.choose",
    names: "something",
    verb: (ctx, { athleteId }) => {
      const fromDay = addDays(civilDateIn(ctx.now, "Europe/Helsinki"), 1);
      return chooseSource({ ctx, input: { athleteId, source: "morning", fromDay } });
    },
  },
  {
    name: "archiveSquad",
    act: "squads.archive",
    names: "something",
    verb: (ctx, { squadId }) => archiveSquad({ ctx, input: { squadId } }),
  },
  {
    name: "restoreSquad",
    act: "squads.archive",
    names: "something",
    verb: (ctx, { squadId }) => restoreSquad({ ctx, input: { squadId } }),
  },
  {
    name: "viewOperation",
    act: "operation.view",
    names: "nothing",
    verb: (ctx) => viewOperation({ ctx, input: { mails: "few" } }),
  },
  {
    name: "viewLedger",
    act: "operation.view",
    names: "something",
    verb: (ctx, { athleteId }) => viewLedger({ ctx, input: { athleteId } }),
  },
  {
    name: "askReprocess",
    act: "operation.repair",
    names: "something",
    verb: (ctx, { athleteId }) => askReprocess({ ctx, input: { athleteId } }),
  },
  {
    name: "sendMailAgain",
    act: "operation.repair",
    names: "something",
    verb: (ctx, { failedMailId: mailId }) => sendMailAgain({ ctx, input: { mailId } }),
  },
  {
    name: "settleJobFailure",
    act: "operation.repair",
    names: "something",
    verb: (ctx, { failureId }) => settleJobFailure({ ctx, input: { failureId, how: "dealt-with" } }),
  },
  {
    name: "inviteCoach",
    act: "coaches.invite",
    names: "nothing",
    verb: (ctx) => inviteCoach({ ctx, input: { email: `${randomUUID()}@example.org`, role: "coach" } }),
  },
  {
    name: "changeRole",
    act: "coaches.change",
    names: "something",
    verb: (ctx, { memberId }) => changeRole({ ctx, input: { userId: memberId, role: "coach" } }),
  },
  {
    name: "removeMember",
    act: "coaches.change",
    names: "something",
    verb: (ctx, { memberId }) => removeMember({ ctx, input: { userId: memberId } }),
  },
  {
    name: "withdrawCoachInvitation",
    act: "coaches.invite",
    names: "something",
    verb: (ctx, { invitedEmail }) => withdrawCoachInvitation({ ctx, input: { email: invitedEmail } }),
  },
];

const actsRequired = new Map(serviceVerbs().map(({ name, act }) => [name, act]));

describe.each(coachVerbs)("$name, by the act $act", ({ name, act, names, verb }) => {
  test("is required by the verb", () => {
    expect(actsRequired.get(name.split(",")[0]!)).toBe(act);
  });

  test.each(ROLES)("as a %s of the team", async (role) => {
    const own = await place();
    const ctx = as({ kind: "coach", userId: await person(own.teamId, role), role }, own.teamId);
    if (rolesTo(act).includes(role)) await verb(ctx, own);
    else await expect(verb(ctx, own)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("as an owner of another team", async () => {
    const [own, foreign] = [await place(), await place()];
    const actor = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
    const done = verb(as(actor, own.teamId), { ...foreign });
    if (names === "something") await expect(done).rejects.toMatchObject({ code: "not-found" });
    else await done;
  });

  test("as an athlete of the team, a visitor or a job", async () => {
    const own = await place();
    const others: Actor[] = [
      { kind: "athlete", athleteId: own.athleteId },
      { kind: "visitor" },
      { kind: "job", job: "test" },
    ];
    for (const actor of others)
      await expect(verb(as(actor, own.teamId), own)).rejects.toMatchObject({ code: "not-signed-in" });
  });
});

test("nothing of another team shows in lists", async () => {
  const [own, foreign] = [await place(), await place()];
  const actor = { kind: "coach", userId: await person(own.teamId, "viewer"), role: "viewer" } as const;
  const ctx = as(actor, own.teamId);
  expect((await listSquads({ ctx })).map((squad) => squad.id)).toEqual([own.squadId]);
  const team = await viewTeam({ ctx });
  expect(team.members.map((member) => member.userId)).not.toContain(foreign.memberId);
  expect(team.invited.map((one) => one.email)).toEqual([own.invitedEmail]);
});

const everything = async (ctx: Context) => {
  for await (const _piece of exportEverything({ ctx }));
};

/** Verbs of athletes act on the own page only: there is nothing of another athlete that they could name. */
const athleteVerbs: [string, (ctx: Context) => Promise<unknown>][] = [
  ["viewOwnPage", (ctx) => viewOwnPage({ ctx, input: { locale: "en-GB" } })],
  ["viewProgress", (ctx) => viewProgress({ ctx })],
  ["viewLooks", (ctx) => viewLooks({ ctx, input: { page: 1 } })],
  ["listOwnCheckIns", (ctx) => listOwnCheckIns({ ctx, input: { page: 1 } })],
  ["viewConsent", (ctx) => viewConsent({ ctx })],
  ["exportEverything", everything],
  ["viewLeaving", (ctx) => viewLeaving({ ctx })],
  ["viewPause", (ctx) => viewPause({ ctx, input: {} })],
  ["pauseSharing", (ctx) => pauseSharing({ ctx })],
  ["resumeSharing", (ctx) => resumeSharing({ ctx })],
  ["viewWidening", (ctx) => viewWidening({ ctx, input: { locale: "en" } })],
  ["refuseMore", (ctx) => refuseMore({ ctx })],
  ["viewAddress", (ctx) => viewAddress({ ctx })],
  ["changeOwnAddress", (ctx) => changeOwnAddress({ ctx, input: { email: "own@example.org" } })],
  ["viewOwnReadings", (ctx) => viewOwnReadings({ ctx })],
  ["stopSharing", (ctx) => stopSharing({ ctx })],
  ["deleteNow", (ctx) => deleteNow({ ctx })],
  [
    "saveCheckIn",
    (ctx) =>
      saveCheckIn({
        ctx,
        input: { sleepQuality: 2, fatigue: null, soreness: null, lifeStress: null, tags: [], note: "" },
      }),
  ],
];

test.each(athleteVerbs)("%s is for the athlete alone", async (_name, verb) => {
  const own = await place();
  await verb(as({ kind: "athlete", athleteId: own.athleteId }, own.teamId));
  const others: Actor[] = [
    { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" },
    { kind: "visitor" },
    { kind: "job", job: "test" },
  ];
  for (const actor of others)
    await expect(verb(as(actor, own.teamId))).rejects.toMatchObject({ code: "not-signed-in" });
});

test("the forecast of first syncs is for everybody who is signed in and for jobs, and names nobody", async () => {
  const own = await place();
  const { athleteId } = await seedAthlete(database.db, own);
  await database.db.update(connections).set({ backfilledAt: null });
  await database.db.insert(streamStates).values({ teamId: own.teamId, athleteId, stream: "sleep" });
  const foreign = await place();
  const viewer = { kind: "coach", userId: await person(foreign.teamId, "viewer"), role: "viewer" } as const;
  const actors: Actor[] = [viewer, { kind: "athlete", athleteId: foreign.athleteId }];
  for (const ctx of [...actors.map((actor) => as(actor, foreign.teamId)), as({ kind: "job", job: "test" })])
    expect(await forecastFirstSyncs({ ctx })).toEqual({
      doneAt: expect.any(Date),
      quotaWaits: expect.any(Boolean),
    });
  const visitor = forecastFirstSyncs({ ctx: as({ kind: "visitor" }) });
  await expect(visitor).rejects.toMatchObject({ code: "not-signed-in" });
});

test("an athlete's session of one team opens nothing in another", async () => {
  const [own, foreign] = [await place(), await place()];
  const ctx = as({ kind: "athlete", athleteId: own.athleteId }, foreign.teamId);
  await expect(viewOwnPage({ ctx, input: { locale: "en-GB" } })).rejects.toMatchObject({
    code: "not-signed-in",
  });
});

test("nobody's word but the athlete's makes a page: whoever asks, an invited address gets no link and no link of another kind opens it", async () => {
  const own = await place();
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  const email = `${randomUUID()}@example.org`;
  await changeAthlete({ ctx: as(owner, own.teamId), input: { athleteId: own.athleteId, email } });
  const { link } = await resendInvitation({ ctx: as(owner, own.teamId), input: own });
  const anybody: Actor[] = [owner, { kind: "visitor" }, { kind: "job", job: "test" }];
  for (const actor of anybody) {
    const ctx = as(actor, own.teamId);
    await requestPageLink({ ctx, input: { email } });
    const token = link.split("/").at(-1) ?? "";
    await expect(openPageLink({ ctx, input: { token } })).rejects.toMatchObject({ code: "link-ended" });
  }
  const sent = await database.db.select().from(mails).where(eq(mails.toEmail, email));
  expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(["invitation"]));
});

test("making teams and owner's links and deleting athletes are not for people who are signed in", async () => {
  const own = await place();
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  for (const actor of [owner, { kind: "athlete", athleteId: own.athleteId }] as const) {
    const ctx = as(actor, own.teamId);
    const input = { teamName: "Another", ownerName: "Somebody", ownerEmail: "somebody@example.org" };
    await expect(createTeam({ ctx, input })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createOwnerClaim({ ctx })).rejects.toMatchObject({ code: "forbidden" });
    await expect(purgeAthletes({ ctx })).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("what sign-in does is done for nobody else", async () => {
  const own = await place();
  const grant = { provider: POLAR, accountId: "1", accessToken: "x", expiresInS: 1 };
  const athlete = { athleteId: own.athleteId };
  const signedIn: Actor[] = [
    { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" },
    { kind: "athlete", ...athlete },
    { kind: "job", job: "test" },
  ];
  for (const actor of signedIn) {
    const ctx = as(actor, own.teamId);
    const asked: Promise<unknown>[] = [
      openSession({ ctx, input: { userId: own.memberId } }),
      admitCoach({ ctx, input: { email: "somebody@example.org" } }),
      reconnect({ ctx, input: { ...grant, ...athlete } }),
      welcomeBack({ ctx, input: grant }),
      connectInvited({ ctx, input: { ...grant, token: "x", consentId: "x" } }),
      settleAthleteLanguage({ ctx, input: { ...athlete, chosen: "fi" } }),
      settleCoachLanguage({ ctx, input: { sessionToken: "x", browser: "fi" } }),
    ];
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("what is no id names nothing", async () => {
  const own = await place();
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  const ctx = as(owner, own.teamId);
  const nothing = { code: "not-found" };
  await expect(getSquad({ ctx, input: { squadId: "1 or 1=1" } })).rejects.toMatchObject(nothing);
  await expect(withdrawInvitation({ ctx, input: { athleteId: "x" } })).rejects.toMatchObject(nothing);
  await expect(removeMember({ ctx, input: { userId: "x" } })).rejects.toMatchObject(nothing);
});

test("an athlete is not moved into a squad of another team", async () => {
  const [own, foreign] = [await place(), await place()];
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  const ctx = as(owner, own.teamId);
  await expect(
    changeAthlete({ ctx, input: { athleteId: own.athleteId, squadId: foreign.squadId } }),
  ).rejects.toMatchObject({ code: "not-found" });
  const { squadId } = await createSquad({
    ctx,
    input: { name: "Juniors", timeZone: "Europe/Helsinki", preset: "brief" },
  });
  await changeAthlete({ ctx, input: { athleteId: own.athleteId, squadId } });
  expect(await listWaiting({ ctx, input: { squadId } })).toMatchObject([{ athleteId: own.athleteId }]);
});

test("no link makes its holder somebody who is on a team already", async () => {
  const [own, foreign] = [await place(), await place()];
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  const email = `${randomUUID()}@example.org`;
  const { link } = await inviteCoach({ ctx: as(owner, own.teamId), input: { email, role: "coach" } });
  const other = { kind: "coach", userId: await person(foreign.teamId, "owner"), role: "owner" } as const;
  const theirs = await inviteCoach({ ctx: as(other, foreign.teamId), input: { email, role: "owner" } });
  const join = (href: string) =>
    joinTeam({ ctx: as({ kind: "visitor" }), input: { token: href.split("/").at(-1) ?? "", name: "Bo" } });
  await join(theirs.link);
  await expect(join(link)).rejects.toMatchObject({ code: "link-ended" });
});

test("nobody who is signed in opens a session as a coach, and no coach connects or answers for an athlete", async () => {
  const own = await place();
  const owner = { kind: "coach", userId: await person(own.teamId, "owner"), role: "owner" } as const;
  const { athleteId } = await seedAthlete(database.db, own);
  const input = { athleteId, provider: POLAR, accountId: "1", accessToken: "x", expiresInS: 1 };
  for (const actor of [owner, { kind: "athlete", athleteId: own.athleteId }] as const) {
    const ctx = as(actor, own.teamId);
    await expect(openSession({ ctx, input: { userId: own.memberId } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(connect({ ctx, input })).rejects.toMatchObject({ code: "forbidden" });
  }
});
