import { athleteContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { answerProposedAddress } from "@/lib/services/own-page/address";
import { freshSession } from "../../fresh-session";

/** The athlete's answer to the address a coach proposes. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const form = await postedForm(request);
  const answer = form.get("answer");
  if (answer !== "agree" && answer !== "refuse") return seeOther("/me/address");
  const ctx = await athleteContext();
  try {
    await answerProposedAddress({ ctx, input: { email: String(form.get("email") ?? ""), answer } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "sign-in-again") return seeOther("/me/sign-in?say=sign-in-again");
    return seeOther("/me/address?say=address-outdated");
  }
  if (answer === "refuse") return seeOther("/me?say=address-kept");
  return seeOther("/me?say=address-changed", [
    await freshSession(requireCan(ctx, "own-address.change").athleteId),
  ]);
}
