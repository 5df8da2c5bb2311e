import { getLocale } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { agreeToMore } from "@/lib/services/consents/widening";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const textVersion = String((await postedForm(request)).get("textVersion") ?? "");
  try {
    await agreeToMore({ ctx: await athleteContext(), input: { textVersion, locale: await getLocale() } });
    return seeOther("/me?say=agreed");
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    return seeOther("/me/more?say=changed");
  }
}
