import { AppError } from "@/lib/errors";
import type { PolarClient } from "@/lib/polar/client";
import type { PolarOutcome } from "@/lib/polar/outcome";
import { registerUser } from "./register";

type User = { polarUserId: number; accessToken: string };

const isCode = (error: unknown, code: AppError["code"]) => error instanceof AppError && error.code === code;

async function deregister(polar: PolarClient, { polarUserId, accessToken }: User): Promise<boolean> {
  const outcome: PolarOutcome = await polar({
    method: "DELETE",
    target: `/v3/users/${polarUserId}`,
    accessToken,
  });
  return outcome.kind === "empty" || outcome.kind === "missing";
}

/**
 * Ends a token of a user whom Polar does not count as this client's. AccessLink has no other way to end a token than
 * de-registering its user, and only who is registered can be de-registered.
 * @returns false when Polar has to be asked again
 */
export async function registerAndEndAccess(polar: PolarClient, user: User): Promise<boolean> {
  try {
    const { state } = await registerUser(polar, user);
    return state === "registered" && (await deregister(polar, user));
  } catch (error) {
    return isCode(error, "polar-unauthorised");
  }
}

/**
 * De-registers a user at Polar, which also ends the token (`DELETE /v3/users/{id}`; AccessLink documentation, "Users").
 * Polar answers 403 for one who was never registered. @returns false when Polar has to be asked again
 */
export async function endAccess(polar: PolarClient, user: User): Promise<boolean> {
  try {
    return await deregister(polar, user);
  } catch (error) {
    if (isCode(error, "polar-consent-missing")) return registerAndEndAccess(polar, user);
    return isCode(error, "polar-unauthorised");
  }
}
