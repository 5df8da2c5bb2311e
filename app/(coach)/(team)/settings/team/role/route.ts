import { z } from "zod";
import { text } from "@/app/form";
import { changeRole } from "@/lib/services/team/members";
import { answerTeamForm } from "../answer";

const fields = z.object({ userId: text, role: text });

export async function POST(request: Request): Promise<Response> {
  return answerTeamForm(request, {
    fields,
    change: (ctx, input) => changeRole({ ctx, input }),
    done: "changed",
    refused: "last-owner",
  });
}
