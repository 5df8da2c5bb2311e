import { removeMember } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    change: (ctx, form) => removeMember({ ctx, input: { userId: String(form.get("userId")) } }),
    done: "removed",
    refused: "last-owner",
  });
}
