import { visitorContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { answerAddressLink } from "@/lib/services/own-page/address";

type Params = { params: Promise<{ token: string }> };

/** What the reader of the old address says; it opens no page, because all sessions have ended. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const answer = (await postedForm(request)).get("answer");
  if (answer !== "agree" && answer !== "refuse") return seeOther(`/me/address/${token}`);
  try {
    await answerAddressLink({ ctx: await visitorContext(), input: { token, answer } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther("/me/sign-in?say=link-ended");
  }
  return seeOther(`/me/sign-in?say=${answer === "agree" ? "address-changed" : "address-kept"}`);
}
