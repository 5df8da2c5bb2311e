import { after } from "next/server";
import { coachAuth } from "@/app/api/auth/coach-auth";
import { ownPath } from "@/app/own-path";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { emailAddress } from "@/lib/email/address";

/** Mails a link to whoever may have one, and says the same to everybody, in the same time: the mail is seen to afterwards. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const form = await postedForm(request);
  const email = emailAddress.safeParse(form.get("email"));
  if (!email.success) return seeOther("/sign-in?say=bad-email");
  const next = ownPath(form.get("next"), "/squads");
  after(() => coachAuth().requestLink({ email: email.data, next }));
  return seeOther("/sign-in/check-mail");
}
