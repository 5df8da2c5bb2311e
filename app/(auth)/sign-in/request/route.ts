import { after } from "next/server";
import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { coachAuth } from "@/app/api/auth/coach-auth";
import { text } from "@/app/form";
import { ownPath } from "@/app/own-path";
import { emailAddress } from "@/lib/email/address";

const fields = z.object({ email: text.pipe(emailAddress), next: text });

/** Mails a link to whoever may have one, and says the same to everybody, in the same time: the mail is seen to afterwards. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async ({ email, next }) => {
      after(() => coachAuth().requestLink({ email, next: ownPath(next, "/squads") }));
      return "/sign-in/check-mail";
    },
    refused: () => "/sign-in?say=bad-email",
  });
}
