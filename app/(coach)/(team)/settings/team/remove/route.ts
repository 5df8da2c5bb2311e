import { z } from "zod";
import { text } from "@/app/form";
import { removeMember } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

const fields = z.object({ userId: text });

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    fields,
    change: (ctx, input) => removeMember({ ctx, input }),
    done: "removed",
    refused: "last-owner",
  });
}
