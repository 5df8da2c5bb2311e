import { changeRole } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    change: (ctx, form) =>
      changeRole({ ctx, input: { userId: String(form.get("userId")), role: String(form.get("role")) } }),
    done: "changed",
    refused: "last-owner",
  });
}
