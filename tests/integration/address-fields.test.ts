import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { users } from "@/db/schema/auth";
import { athletes } from "@/db/schema/squad";
import { memberships, oneTimeLinks } from "@/db/schema/team";
import type { Context } from "@/lib/context";
import { changeAthlete } from "@/lib/services/athletes/manage";
import { acceptInvitation, viewInvitation } from "@/lib/services/invitations/answer";
import { inviteAthlete } from "@/lib/services/invitations/invite";
import { inviteMany } from "@/lib/services/invitations/list";
import { changeOwnAddress } from "@/lib/services/own-page/address";
import { claimOwnership, createOwnerClaim, inviteCoach } from "@/lib/services/team/join";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

// One judge of addresses, whichever field one is typed into.

const now = new Date("2026-05-20T05:00:00Z");

let database: Awaited<ReturnType<typeof freshDatabase>>;
let squad: { teamId: string; squadId: string };
let owner: Context;

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.owner`truncate teams, users, outbox cascade`;
  squad = await seedSquad(database.db);
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: "owner@example.org", name: "Line" });
  await database.db.insert(memberships).values({ teamId: squad.teamId, userId, role: "owner" });
  owner = contextOf(database.db, {
    actor: { kind: "coach", userId, role: "owner" },
    teamId: squad.teamId,
    now,
  });
});
afterAll(() => database.close());

const visitor = () => contextOf(database.db, { actor: { kind: "visitor" }, now });
const one = { name: "Ada Berg" };

async function accept(email: string) {
  const { link } = await inviteAthlete({ ctx: owner, input: { ...squad, ...one } });
  const token = link.split("/").at(-1) ?? "";
  const { textVersion } = await viewInvitation({ ctx: visitor(), input: { token, locale: "en" } });
  const input = { token, textVersion, history: "from-now", locale: "en", email } as const;
  await acceptInvitation({ ctx: visitor(), input });
}

async function claim(email: string) {
  await database.owner`truncate teams, users cascade`;
  const made = await createOwnerClaim({ ctx: contextOf(database.db, { now }) });
  const token = made?.link.split("/").at(-1) ?? "";
  await claimOwnership({ ctx: visitor(), input: { ...one, token, email, teamName: "Fjordline" } });
}

async function changeOwn(email: string) {
  const { athleteId } = await seedAthlete(database.db, squad);
  const ctx = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId: squad.teamId, now });
  await changeOwnAddress({ ctx, input: { email } });
}

async function correct(email: string) {
  const { athleteId } = await inviteAthlete({ ctx: owner, input: { ...squad, ...one } });
  await changeAthlete({ ctx: owner, input: { athleteId, email } });
}

async function propose(email: string) {
  const { athleteId } = await seedAthlete(database.db, squad);
  await changeAthlete({ ctx: owner, input: { athleteId, email } });
}

/** Each field of an address: what sending it does. */
const FIELDS: Record<string, (email: string) => Promise<unknown>> = {
  "an athlete's invitation": (email) => inviteAthlete({ ctx: owner, input: { ...squad, ...one, email } }),
  "an invited athlete's address": correct,
  "a connected athlete's address": propose,
  "the athlete's word when agreeing": accept,
  "the athlete's own address": changeOwn,
  "a coach's invitation": (email) => inviteCoach({ ctx: owner, input: { email, role: "coach" } }),
  "the first owner's address": claim,
};

/** Every address that is kept, but the one of who invites. */
async function stored(): Promise<string[]> {
  const { db } = database;
  const kept = await Promise.all([
    db.select({ a: athletes.email, b: athletes.proposedEmail }).from(athletes),
    db.select({ a: oneTimeLinks.email }).from(oneTimeLinks),
    db.select({ a: users.email }).from(users),
  ]);
  const all = kept.flat().flatMap((row) => Object.values(row).filter((value) => value !== null));
  return [...new Set(all)].filter((address) => address !== "owner@example.org");
}

describe.each(Object.entries(FIELDS))("%s", (_field, send) => {
  it.each(["ada@example", "ada@bücher", "ada@example.org/squad", "ada@ex%61mple.org", "ada"])(
    "refuses %s by the name of the field and keeps nothing of it",
    async (typed) => {
      await expect(send(typed)).rejects.toMatchObject({ code: "bad-input", field: "email" });
      expect(await stored()).toEqual([]);
    },
  );

  it.each([
    [" Ada@Example.ORG", "ada@example.org"],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@пошта.укр", "ada@xn--80a1acn3a.xn--j1amh"],
  ])("takes %j as %s", async (typed, address) => {
    await send(typed);
    expect(await stored()).toEqual([address]);
  });
});

it("a pasted list says it line by line", async () => {
  const text = ["Ada Berg, ada@example", "Bo Ek, bo@пошта.укр", "Cy Dal, cy@example.org/squad"].join("\n");
  const { invited, left } = await inviteMany({ ctx: owner, input: { squadId: squad.squadId, text } });
  expect(invited.map(({ email }) => email)).toEqual(["bo@xn--80a1acn3a.xn--j1amh"]);
  expect(left.map(({ line, problem }) => [line, problem])).toEqual([
    [1, "bad-email"],
    [3, "bad-email"],
  ]);
});
