import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { athleteSessionCookieName, readAthleteSession } from "@/lib/auth/athlete-session";
import { coachSessionCookieName } from "@/lib/auth/coach-session";
import { readCookie } from "@/lib/auth/cookies";
import { currentTime } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { derivedSecret, env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { providers } from "@/lib/providers/registry";
import { findAthleteActor, findCoachActor } from "@/lib/services/team/sign-in";
import { appDatabase } from "./database";

const log = createLog("web");

/** A context for somebody who has not signed in: pages behind a link, sign-in itself. */
export async function visitorContext(): Promise<Context> {
  return { db: appDatabase(), actor: { kind: "visitor" }, teamId: null, now: currentTime(), log, providers };
}

const ownCookie = async (name: string) => readCookie((await headers()).get("cookie"), name);

/** The coach signed in in this browser, or undefined. Looked up once per request. */
export const optionalCoachContext = cache(async (): Promise<Context | undefined> => {
  const visitor = await visitorContext();
  const sessionToken = await ownCookie(coachSessionCookieName(env().APP_URL));
  const found = sessionToken && (await findCoachActor({ ctx: visitor, input: { sessionToken } }));
  return found ? { ...visitor, ...found } : undefined;
});

/** The coach signed in in this browser; others are sent to the sign-in page. */
export async function coachContext(): Promise<Context> {
  return (await optionalCoachContext()) ?? redirect("/sign-in");
}

/** The athlete whose page this browser may open, or undefined. Looked up once per request. */
export const optionalAthleteContext = cache(async (): Promise<Context | undefined> => {
  const { APP_URL: appUrl } = env();
  const visitor = await visitorContext();
  const value = await ownCookie(athleteSessionCookieName(appUrl));
  const secret = derivedSecret("athlete-session");
  const session = await readAthleteSession({ appUrl, secret, value });
  const found = session && (await findAthleteActor({ ctx: visitor, input: session }));
  return found ? { ...visitor, ...found } : undefined;
});

/** The athlete whose page this browser may open; others are sent to the athletes' sign-in. */
export async function athleteContext(): Promise<Context> {
  return (await optionalAthleteContext()) ?? redirect("/me/sign-in");
}

/** For the pages of an invitation: as the athlete, where somebody is signed in, else as nobody known. */
export async function invitedContext(): Promise<Context> {
  return (await optionalAthleteContext()) ?? visitorContext();
}
