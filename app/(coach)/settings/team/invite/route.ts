import { getLocale } from "next-intl/server";
import { inviteCoach } from "@/lib/services/team/invite-coach";
import { answerTeamForm } from "../answer";
import { roleOf } from "../role-of";

export async function POST(request: Request): Promise<Response> {
  const locale = await getLocale();
  return answerTeamForm(request, {
    change: (ctx, form) =>
      inviteCoach({ ctx, input: { email: String(form.get("email")), role: roleOf(form), locale } }),
    done: "invited",
    refused: "already-there",
  });
}
