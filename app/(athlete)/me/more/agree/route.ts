import { getLocale } from "next-intl/server";
import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { text } from "@/app/form";
import { agreeToMore } from "@/lib/services/consents/widening";

const fields = z.object({ textVersion: text });

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async ({ textVersion }) => {
      await agreeToMore({ ctx: await athleteContext(), input: { textVersion, locale: await getLocale() } });
      return "/me?say=agreed";
    },
    refused: ({ code }) => (code === "conflict" ? "/me/more?say=changed" : "/me"),
  });
}
