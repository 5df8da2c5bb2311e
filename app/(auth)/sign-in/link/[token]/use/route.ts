import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { coachAuth } from "@/app/api/auth/coach-auth";
import { languageCookieFor } from "@/app/api/auth/language-cookie";
import { text } from "@/app/form";
import { ownPath } from "@/app/own-path";
import { seeOther } from "@/app/see-other";

type Params = { params: Promise<{ token: string }> };

const fields = z.object({ next: text });

/** Completes the sign-in of a mailed link, once. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async (values) => {
      const next = ownPath(values.next, "/squads");
      const signedIn = await coachAuth().follow({ token, next });
      if (!signedIn) return `/sign-in/link/${token}?${new URLSearchParams({ next })}`;
      const { location, sessionCookie, sessionToken } = signedIn;
      return seeOther(location, [sessionCookie, await languageCookieFor(sessionToken)]);
    },
    refused: () => `/sign-in/link/${token}`,
  });
}
