import { after } from "next/server";
import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { visitorContext } from "@/app/context";
import { text } from "@/app/form";
import { emailAddress } from "@/lib/email/address";
import { requestPageLink } from "@/lib/services/own-page/sign-in";

const fields = z.object({ email: text.pipe(emailAddress) });

/** Mails the way back to whoever has one, and says the same to everybody, in the same time: the mail is seen to afterwards. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (input) => {
      const ctx = await visitorContext();
      after(() => requestPageLink({ ctx, input }));
      return "/me/sign-in?say=check-mail";
    },
    refused: () => "/me/sign-in?say=bad-email",
  });
}
