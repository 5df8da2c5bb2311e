import { athleteSessionCookie } from "@/lib/auth/athlete-session";
import { currentTime } from "@/lib/clock";
import { derivedSecret, env } from "@/lib/env";

/** `Set-Cookie` of a session that begins now: an address changed from this browser ended all earlier ones. */
export async function freshSession(athleteId: string): Promise<string> {
  const secret = derivedSecret("athlete-session");
  return athleteSessionCookie({ appUrl: env().APP_URL, secret, athleteId, now: currentTime() });
}
