import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { Access, Registration, Standing } from "@/lib/wearables/connector";
import type { Client, Outcome } from "@/lib/wearables/exchange";

function notRegistered(): AppError {
  return new AppError("provider-failed", "Polar did not register the athlete. Please try again.");
}

/** The member id in Polar's user object; empty where it names none, undefined for what is no user object. */
function memberIdIn(outcome: Outcome): string | undefined {
  const json = outcome.kind === "content" ? (outcome.json as Record<string, unknown> | null) : null;
  const [memberId, polarUserId] = [json?.["member-id"], json?.["polar-user-id"]];
  if (typeof memberId === "string") return memberId;
  return typeof polarUserId === "number" ? "" : undefined;
}

/** The member id a user is registered with; null when Polar says that there is no such user. */
async function knownMemberId(polar: Client, { accountId, accessToken }: Access): Promise<string | null> {
  const outcome = await polar({ method: "GET", target: `/v3/users/${accountId}`, accessToken });
  if (outcome.kind === "empty" || outcome.kind === "missing") return null;
  const memberId = memberIdIn(outcome);
  if (memberId === undefined) throw notRegistered();
  return memberId;
}

async function tryRegister(polar: Client, user: Access, memberId: string): Promise<Registration | null> {
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
  if (error.code === "provider-consent-missing") return { memberId, state: "consent-missing" };
  if (error.code === "provider-busy" && error.retryAt)
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
export async function register(polar: Client, user: Access): Promise<Registration> {
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

const isCode = (error: unknown, code: AppError["code"]) => error instanceof AppError && error.code === code;

async function deregister(polar: Client, { accountId, accessToken }: Access): Promise<boolean> {
  const outcome = await polar({ method: "DELETE", target: `/v3/users/${accountId}`, accessToken });
  return outcome.kind === "empty" || outcome.kind === "missing";
}

/**
 * Ends a token of a user whom Polar does not count as this client's. AccessLink has no other way to end a token than
 * de-registering its user, and only who is registered can be de-registered.
 */
async function registerAndDeregister(polar: Client, user: Access): Promise<boolean> {
  try {
    const { state } = await register(polar, user);
    return state === "registered" && (await deregister(polar, user));
  } catch (error) {
    return isCode(error, "provider-unauthorised");
  }
}

/**
 * De-registers a user at Polar, which also ends the token (`DELETE /v3/users/{id}`; AccessLink documentation, "Users").
 * Polar answers 403 for one who was never registered. @returns false when Polar has to be asked again
 */
export async function endAccess(polar: Client, user: Access, standing: Standing): Promise<boolean> {
  if (standing === "granted") return registerAndDeregister(polar, user);
  try {
    return await deregister(polar, user);
  } catch (error) {
    if (isCode(error, "provider-consent-missing")) return registerAndDeregister(polar, user);
    return isCode(error, "provider-unauthorised");
  }
}
