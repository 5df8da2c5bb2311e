import { changeRole } from "@/lib/services/team/change-member";
import { answerTeamForm } from "../answer";
import { roleOf } from "../role-of";

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    change: (ctx, form) =>
      changeRole({ ctx, input: { userId: String(form.get("userId")), role: roleOf(form) } }),
    done: "changed",
    refused: "last-owner",
  });
}
