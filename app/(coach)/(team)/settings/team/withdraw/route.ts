import { z } from "zod";
import { text } from "@/app/form";
import { withdrawCoachInvitation } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

const fields = z.object({ email: text });

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    fields,
    change: (ctx, input) => withdrawCoachInvitation({ ctx, input }),
    done: "withdrawn",
  });
}
