import { visitorContext } from "@/app/context";
import { createAthleteAuth, type PolarGrant } from "@/lib/auth/athlete";
import type { Intent } from "@/lib/auth/intent";
import { currentTime } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { derivedSecret, env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { giveBackGrant } from "@/lib/services/connections/revoke";
import { takeBackConsent } from "@/lib/services/invitations/answer";
import { type ConnectedOrNot, connectInvited } from "@/lib/services/invitations/connect-invited";
import { reconnect, welcomeBack } from "@/lib/services/own-page/return";

let instance: ReturnType<typeof createAthleteAuth> | undefined;

/** The athletes' way through Polar, wired to invitations and connections. */
export function athleteAuth() {
  instance ??= createAthleteAuth({
    appUrl: env().APP_URL,
    secret: derivedSecret("athlete-session"),
    client: {
      id: env().POLAR_CLIENT_ID,
      secret: env().POLAR_CLIENT_SECRET,
      authorizationUrl: env().POLAR_AUTHORIZATION_URL,
      tokenUrl: env().POLAR_TOKEN_URL,
    },
    log: createLog("athlete-auth"),
    now: currentTime,
    finish: async (intent, grant) => {
      const ctx = await visitorContext();
      const result = await useGrant(ctx, intent, grant);
      if ("refused" in result) await giveBackGrant({ ctx, input: grant });
      return result;
    },
    denied: async (intent) => {
      if (intent.kind !== "invitation") return;
      const { token, consentId } = intent;
      await takeBackConsent({ ctx: await visitorContext(), input: { token, consentId } });
    },
  });
  return instance;
}

async function useGrant(ctx: Context, intent: Intent, grant: PolarGrant): Promise<ConnectedOrNot> {
  if (intent.kind === "return") return welcomeBack({ ctx, input: grant });
  if (intent.kind === "reconnect")
    return reconnect({ ctx, input: { ...grant, athleteId: intent.athleteId } });
  const { token, consentId } = intent;
  return connectInvited({ ctx, input: { ...grant, token, consentId } });
}
