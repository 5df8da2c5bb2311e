import { getLocale } from "next-intl/server";
import { athleteAuth } from "@/app/api/athlete-auth/athlete-auth";
import { optionalAthleteContext, visitorContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError, type ErrorCode } from "@/lib/errors";
import { acceptInvitation } from "@/lib/services/invitations/answer";

const SAY: Partial<Record<ErrorCode, string>> = {
  conflict: "?say=changed",
  "bad-input": "?say=bad-email",
  "not-signed-in": "?say=sign-in-first",
};

type Params = { params: Promise<{ token: string }> };

/** Records the consent as it was shown, then sends the athlete to Polar. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const form = await postedForm(request);
  const history = form.get("history");
  if (history !== "with-history" && history !== "from-now") return seeOther(`/invite/${token}?say=choose`);
  const textVersion = String(form.get("textVersion") ?? "");
  const email = form.get("email");
  const address = typeof email === "string" ? { email } : {};
  const input = { token, textVersion, history, locale: await getLocale(), ...address } as const;
  const ctx = (await optionalAthleteContext()) ?? (await visitorContext());
  const accepted = await acceptInvitation({ ctx, input }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  if (accepted instanceof AppError) return seeOther(`/invite/${token}${SAY[accepted.code] ?? ""}`);
  const { location, cookies } = await athleteAuth().begin({ kind: "invitation", token, ...accepted });
  return seeOther(location, cookies);
}
