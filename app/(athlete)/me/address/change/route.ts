import { athleteContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { changeOwnAddress } from "@/lib/services/own-page/address";
import { freshSession } from "../../fresh-session";

/** The athlete gives another address. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const email = String((await postedForm(request)).get("email") ?? "");
  const ctx = await athleteContext();
  try {
    await changeOwnAddress({ ctx, input: { email } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "sign-in-again") return seeOther("/me/sign-in?say=sign-in-again");
    return seeOther("/me/address?say=bad-email");
  }
  return seeOther("/me?say=address-changed", [
    await freshSession(requireCan(ctx, "own-address.change").athleteId),
  ]);
}
