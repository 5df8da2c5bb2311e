import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "@/db/client";
import { outbox } from "@/db/schema/operation";
import { athletes, consents, squads } from "@/db/schema/squad";
import type { Context } from "@/lib/context";
import { STREAMS } from "@/lib/providers/polar/streams";
import { connect } from "@/lib/services/connections/connect";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import type { startSimulator } from "@/simulator/server";
import { contextOf, seedSquad } from "@/tests/support/athletes";
import { freshDatabase } from "@/tests/support/database";
import { stubEnvironment } from "@/tests/support/environment";

type Sim = Awaited<ReturnType<typeof startSimulator>>;

export const DEFAULT_STREAMS = STREAMS.filter(
  (stream) => stream.partOf === null && stream.choice === "default",
).map((stream) => stream.id as string);

export const ALL_STREAMS = STREAMS.filter((stream) => stream.partOf === null).map(
  (stream) => stream.id as string,
);

/** Points `env()` of this test file at a simulator. */
export function pointAt(sim: Sim): void {
  stubEnvironment({
    POLAR_API_URL: sim.url,
    POLAR_CLIENT_ID: sim.clientId,
    POLAR_CLIENT_SECRET: sim.clientSecret,
  });
}

/** The simulator's control API. */
export function control(sim: Sim) {
  return async <T = unknown>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${sim.url}/_sim${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}

/** Keeps the first request that matches waiting at Polar, until it is let go. */
export async function hold(sim: Sim, match: { method?: string; pathPattern: string }) {
  const { id } = await control(sim)<{ id: number }>("/faults", { match, hold: true });
  const hits = async () => {
    const { faults } = await control(sim)<{ faults: { id: number; hits: number }[] }>("/faults");
    return faults.find((fault) => fault.id === id)?.hits;
  };
  return {
    reached: () => expect.poll(hits, { timeout: 30_000 }).toBe(1),
    letGo: () => fetch(`${sim.url}/_sim/faults`, { method: "DELETE" }),
  };
}

export type Token = { access_token: string; expires_in: number; x_user_id: number };

/** What the redirect from Polar would bring for this login. */
export async function tokenOf(sim: Sim, login: string): Promise<Token> {
  return control(sim)<Token>(`/users/${login}/token`, {});
}

type Consent = { streams?: string[]; history?: "with-history" | "from-now"; acceptedAt?: Date };

/** An athlete of the squad who has agreed. */
export async function seedConsentingAthlete(
  db: Db,
  squad: { teamId: string; squadId: string },
  input: Consent & { now: Date; name?: string },
) {
  const athleteId = randomUUID();
  const streams = input.streams ?? DEFAULT_STREAMS;
  // Nobody agrees to what the squad did not ask for.
  const optionalStreams = streams.filter((stream) => !DEFAULT_STREAMS.includes(stream));
  if (optionalStreams.length > 0)
    await db.update(squads).set({ optionalStreams }).where(eq(squads.id, squad.squadId));
  await db.insert(athletes).values({ id: athleteId, ...squad, name: input.name ?? "Ingrid Solheim" });
  await db.insert(consents).values({
    teamId: squad.teamId,
    athleteId,
    textVersion: "1",
    text: "…",
    locale: "en",
    streams,
    history: input.history ?? "with-history",
    acceptedAt: input.acceptedAt ?? input.now,
  });
  return athleteId;
}

export type Installation = Awaited<ReturnType<typeof freshDatabase>> & {
  squad: { teamId: string; squadId: string };
  /** A job's context at this moment. */
  job: () => Context;
};

/** A database with one squad. @param clock the moment it is for the installation */
export async function freshInstallation(clock = () => new Date()): Promise<Installation> {
  const database = await freshDatabase();
  const squad = await seedSquad(database.db);
  return { ...database, squad, job: () => contextOf(database.db, { now: clock() }) };
}

/** An athlete who came back from Polar with this login. */
export async function connectedAthlete(
  installation: Installation,
  sim: Sim,
  input: Consent & { login: string },
): Promise<string> {
  const ctx = installation.job();
  const athleteId = await seedConsentingAthlete(installation.db, installation.squad, {
    now: ctx.now,
    ...input,
  });
  const token = await tokenOf(sim, input.login);
  await connect({
    ctx,
    input: {
      athleteId,
      polarUserId: token.x_user_id,
      accessToken: token.access_token,
      expiresInS: token.expires_in,
    },
  });
  return athleteId;
}

export async function sync(installation: Installation, athleteId: string, reason = "due") {
  return syncAthlete({ ctx: installation.job(), input: { athleteId, reason } });
}

export async function eventsOf(db: Db, name: string) {
  const rows = await db
    .select({ data: outbox.data })
    .from(outbox)
    .where(and(eq(outbox.name, name)));
  return rows.map((row) => row.data);
}
