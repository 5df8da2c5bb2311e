import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACTS, type Act, type Actor, type Context, type Party, partiesTo, rolesTo } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";
import { type ServiceVerb, serviceVerbs } from "../support/verbs";

/** Verbs that ask for no act, because something else than who is signed in says that they may. */
const OPEN = {
  "a link is the proof": [
    "viewInvitation",
    "noteOpening",
    "acceptInvitation",
    "declineInvitation",
    "reopenInvitation",
    "takeBackConsent",
    "readMailing",
    "stopMorningMails",
    "resumeMorningMails",
    "viewAddressLink",
    "answerAddressLink",
    "viewPageLink",
    "openPageLink",
    "viewCoachInvitation",
    "joinTeam",
    "viewOwnerClaim",
  ],
  "sign-in itself, before anybody is known": [
    "requestPageLink",
    "findCoachActor",
    "findAthleteActor",
    "mayHaveLink",
    "sendSignInLink",
    "findSignInLink",
    "closeSession",
    "giveBackGrant",
  ],
  "a signature is the proof": ["receiveDelivery"],
  "part of another verb's transaction": ["queueMail", "mailLink"],
} as const satisfies Record<string, readonly string[]>;

const verbs = serviceVerbs();
const gated = verbs.filter((verb): verb is ServiceVerb & { act: Act } => verb.act !== undefined);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let place: { teamId: string; squadId: string; athleteId: string };

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
  const squad = await seedSquad(database.db);
  place = { ...squad, ...(await seedAthlete(database.db, squad)) };
});
afterAll(() => database.close());

test("every verb requires an act of the table, or is known to need none", () => {
  expect(gated.length).toBeGreaterThan(100);
  const open = verbs.filter(({ act }) => act === undefined).map(({ name }) => name);
  expect(open.sort()).toEqual(Object.values(OPEN).flat().sort());
  expect(gated.filter(({ act }) => !ACTS.includes(act))).toEqual([]);
});

test("every act of the table is one that a verb requires", () => {
  const required = new Set(gated.map(({ act }) => act));
  expect(ACTS.filter((act) => !required.has(act))).toEqual([]);
});

const actors = (): Record<Party, Actor> => ({
  owner: { kind: "coach", userId: randomUUID(), role: "owner" },
  coach: { kind: "coach", userId: randomUUID(), role: "coach" },
  viewer: { kind: "coach", userId: randomUUID(), role: "viewer" },
  athlete: { kind: "athlete", athleteId: place.athleteId },
  job: { kind: "job", job: "test" },
  visitor: { kind: "visitor" },
});

test.each(gated)("$name refuses everybody who may not $act", async ({ file, name, act }) => {
  const verb = (await import(`@/${file}`))[name] as (of: object) => unknown;
  const allowed = partiesTo(act);
  for (const [party, actor] of Object.entries(actors()) as [Party, Actor][]) {
    if (allowed.includes(party)) continue;
    const ctx = contextOf(database.db, { actor, teamId: place.teamId, now: new Date() });
    expect({ party, code: await codeOf(verb, ctx) }).toEqual({ party, code: refusalFor(party, act) });
  }
});

/** Fields enough for the verbs that read their input before they know who asks. */
const input = () => ({
  ...place,
  date: "2026-03-01",
  origin: "table",
  text: "",
  page: 1,
  token: "",
  locale: "en",
});

async function codeOf(verb: (of: object) => unknown, ctx: Context): Promise<string> {
  try {
    const answer = verb({ ctx, input: input() });
    if (isStream(answer)) await answer.next();
    else await answer;
    return "done";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const isStream = (answer: unknown): answer is AsyncGenerator =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;

/** Members lack the right; whoever is no member signs in, unless signing in would not help either. */
function refusalFor(party: Party, act: Act): string {
  const isMember = party === "owner" || party === "coach" || party === "viewer";
  const forMembers = rolesTo(act).length > 0;
  if (forMembers) return isMember ? "forbidden" : "not-signed-in";
  const forAthletes = partiesTo(act).includes("athlete") && !partiesTo(act).includes("visitor");
  return forAthletes ? "not-signed-in" : "forbidden";
}
