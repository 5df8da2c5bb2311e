import { getLocale } from "next-intl/server";
import { z } from "zod";
import { text } from "@/app/form";
import { inviteCoach } from "@/lib/services/team/join";
import { answerTeamForm } from "../answer";

const fields = z.object({ email: text, role: text });

export async function POST(request: Request): Promise<Response> {
  const locale = await getLocale();
  return answerTeamForm(request, {
    fields,
    change: (ctx, values) => inviteCoach({ ctx, input: { ...values, locale } }),
    done: "invited",
    refused: "already-there",
  });
}
