import { after } from "next/server";
import { visitorContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { emailAddress } from "@/lib/email/address";
import { requestPageLink } from "@/lib/services/own-page/sign-in";

/** Mails the way back to whoever has one, and says the same to everybody, in the same time: the mail is seen to afterwards. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const email = emailAddress.safeParse((await postedForm(request)).get("email"));
  if (!email.success) return seeOther("/me/sign-in?say=bad-email");
  const input = { email: email.data };
  const ctx = await visitorContext();
  after(() => requestPageLink({ ctx, input }));
  return seeOther("/me/sign-in?say=check-mail");
}
