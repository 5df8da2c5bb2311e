import { getLocale } from "next-intl/server";
import { inviteCoach } from "@/lib/services/team/join";
import { answerTeamForm } from "../answer";

export async function POST(request: Request): Promise<Response> {
  const locale = await getLocale();
  return answerTeamForm(request, {
    change: (ctx, form) =>
      inviteCoach({
        ctx,
        input: { email: String(form.get("email")), role: String(form.get("role")), locale },
      }),
    done: "invited",
    refused: "already-there",
  });
}
