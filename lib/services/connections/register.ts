import { randomUUID } from "node:crypto";
import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { PolarClient } from "@/lib/providers/polar/client";
import type { PolarOutcome } from "@/lib/providers/polar/outcome";

const purpose = "polar-access-token";

export function sealToken(accessToken: string): string {
  return seal(accessToken, { secret: env().ENCRYPTION_KEY, purpose });
}

export function unsealToken(sealed: string): string {
  return unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose });
}

/** `waiting`: the quota is used up until `retryAt`; what the athlete gave is kept and registered then. */
export type Registration =
  | { memberId: string; state: "registered" | "consent-missing" }
  | { memberId: string; state: "waiting"; retryAt: Date };

type User = { polarUserId: number; accessToken: string };

function notRegistered(): AppError {
  return new AppError("polar-failed", "Polar did not register the athlete. Please try again.");
}

/** The member id in Polar's user object; empty where it names none, undefined for what is no user object. */
function memberIdIn(outcome: PolarOutcome): string | undefined {
  const json = outcome.kind === "content" ? (outcome.json as Record<string, unknown> | null) : null;
  const [memberId, polarUserId] = [json?.["member-id"], json?.["polar-user-id"]];
  if (typeof memberId === "string") return memberId;
  return typeof polarUserId === "number" ? "" : undefined;
}

/** The member id a user is registered with; null when Polar says that there is no such user. */
async function knownMemberId(polar: PolarClient, user: User): Promise<string | null> {
  const target = `/v3/users/${user.polarUserId}`;
  const outcome = await polar({ method: "GET", target, accessToken: user.accessToken });
  if (outcome.kind === "empty" || outcome.kind === "missing") return null;
  const memberId = memberIdIn(outcome);
  if (memberId === undefined) throw notRegistered();
  return memberId;
}

async function tryRegister(polar: PolarClient, user: User, memberId: string): Promise<Registration | null> {
  const outcome = await polar({
    method: "POST",
    target: "/v3/users",
    accessToken: user.accessToken,
    json: { "member-id": memberId },
  });
  if (memberIdIn(outcome) !== undefined) return { memberId, state: "registered" };
  const isTaken = outcome.kind === "refused" && outcome.status === 409;
  const isUnclear = ["content", "bodiless", "malformed", "undocumented"].includes(outcome.kind);
  if (!isTaken && !isUnclear) throw notRegistered();
  const known = await knownMemberId(polar, user);
  return known === null ? null : { memberId: known || memberId, state: "registered" };
}

/** A refusal that is a state and no failure; undefined for any other error. */
function stateOf(error: unknown, memberId: string): Registration | undefined {
  if (!(error instanceof AppError)) return undefined;
  if (error.code === "polar-consent-missing") return { memberId, state: "consent-missing" };
  if (error.code === "polar-busy" && error.retryAt)
    return { memberId, state: "waiting", retryAt: error.retryAt };
  return undefined;
}

/**
 * Registers a Polar user with this client: `POST /v3/users`, mandatory before any data call. Polar answers 409 both
 * for a user who is registered already (fine, found with a GET) and for a member id in use (another one is tried). A
 * success that is no user object is looked after with the same GET.
 * The member id is random, so that it says nothing about the athlete.
 * @throws AppError as the client does, but for a missing Polar consent and a quota used up, which are states
 */
export async function registerUser(polar: PolarClient, user: User): Promise<Registration> {
  const firstId = randomUUID();
  try {
    const registration =
      (await tryRegister(polar, user, firstId)) ?? (await tryRegister(polar, user, randomUUID()));
    if (registration) return registration;
  } catch (error) {
    const state = stateOf(error, firstId);
    if (state) return state;
    throw error;
  }
  throw notRegistered();
}
