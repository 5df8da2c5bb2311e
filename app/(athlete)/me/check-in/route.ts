import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { pasted, text, texts } from "@/app/form";
import type { Question } from "@/lib/check-in";
import type { ErrorCode } from "@/lib/errors";
import { saveCheckIn } from "@/lib/services/check-ins/save";

const refusals: Partial<Record<ErrorCode, string>> = { conflict: "too-late", forbidden: "not-sharing" };

/** A question without an answer is not sent. */
const answer = text.transform((value) => value || null);

const answers = {
  sleepQuality: answer,
  fatigue: answer,
  soreness: answer,
  lifeStress: answer,
} satisfies Record<Question, z.ZodType>;

const fields = z.object({
  ...answers,
  tags: texts,
  note: text,
  basis: pasted,
});

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (input) => {
      await saveCheckIn({ ctx: await athleteContext(), input });
      return "/me?say=saved";
    },
    refused: ({ code }) => `/me?say=${refusals[code] ?? "empty"}`,
  });
}
