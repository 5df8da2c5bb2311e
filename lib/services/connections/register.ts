import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { PolarClient } from "@/lib/polar/client";

export type Registration = { memberId: string; state: "registered" | "consent-missing" };

type User = { polarUserId: number; accessToken: string };

async function knownMemberId(polar: PolarClient, user: User): Promise<string | null> {
  const target = `/v3/users/${user.polarUserId}`;
  const outcome = await polar({ method: "GET", target, accessToken: user.accessToken });
  if (outcome.kind !== "content") return null;
  const memberId = (outcome.json as Record<string, unknown>)["member-id"];
  return typeof memberId === "string" ? memberId : "";
}

async function tryRegister(polar: PolarClient, user: User, memberId: string): Promise<Registration | null> {
  const outcome = await polar({
    method: "POST",
    target: "/v3/users",
    accessToken: user.accessToken,
    json: { "member-id": memberId },
  });
  if (outcome.kind === "content" || (outcome.kind === "empty" && outcome.status !== 204))
    return { memberId, state: "registered" };
  if (outcome.kind !== "refused" || outcome.status !== 409)
    throw new AppError("polar-failed", "Polar did not register the athlete. Please try again.");
  const known = await knownMemberId(polar, user);
  return known === null ? null : { memberId: known || memberId, state: "registered" };
}

/**
 * Registers a Polar user with this client: `POST /v3/users`, mandatory before any data call. Polar answers 409 both
 * for a user who is registered already (fine, found with a GET) and for a member id in use (another one is tried).
 * The member id is random, so that it says nothing about the athlete.
 * @throws AppError as the client does, but for a missing Polar consent, which is a state
 */
export async function registerUser(polar: PolarClient, user: User): Promise<Registration> {
  const firstId = randomUUID();
  try {
    const registration =
      (await tryRegister(polar, user, firstId)) ?? (await tryRegister(polar, user, randomUUID()));
    if (registration) return registration;
  } catch (error) {
    if (error instanceof AppError && error.code === "polar-consent-missing")
      return { memberId: firstId, state: "consent-missing" };
    throw error;
  }
  throw new AppError("polar-failed", "Polar did not register the athlete. Please try again.");
}
