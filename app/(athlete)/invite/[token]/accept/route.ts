import { getLocale } from "next-intl/server";
import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { athleteAuth } from "@/app/api/athlete-auth/athlete-auth";
import { invitedContext } from "@/app/context";
import { chosen, text } from "@/app/form";
import { seeOther } from "@/app/see-other";
import { HISTORY_CHOICES } from "@/lib/consent";
import type { AppError, ErrorCode } from "@/lib/errors";
import { acceptInvitation } from "@/lib/services/invitations/answer";

const SAY: Partial<Record<ErrorCode, string>> = {
  conflict: "changed",
  "bad-input": "bad-email",
  "not-signed-in": "sign-in-first",
};

type Params = { params: Promise<{ token: string }> };

/** An athlete whose page is their own is not asked for an address. */
const fields = z.object({ history: chosen(HISTORY_CHOICES), textVersion: text, email: text.optional() });

/** Records the consent as it was shown, then sends the athlete to Polar. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async (values) => {
      const input = { token, ...values, locale: await getLocale() };
      const ctx = await invitedContext();
      const accepted = await acceptInvitation({ ctx, input });
      const { location, cookies } = await athleteAuth().begin({ kind: "invitation", token, ...accepted });
      return seeOther(location, cookies);
    },
    refused: ({ code, field }: AppError) => {
      const say = field === "history" ? "choose" : SAY[code];
      return `/invite/${token}${say ? `?say=${say}` : ""}`;
    },
  });
}
