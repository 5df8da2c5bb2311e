import { withdrawCoachInvitation } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    change: (ctx, form) => withdrawCoachInvitation({ ctx, input: { email: String(form.get("email")) } }),
    done: "withdrawn",
    refused: "",
  });
}
