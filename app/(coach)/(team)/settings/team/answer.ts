import type { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { coachContext } from "@/app/context";
import type { Context } from "@/lib/context";

type TeamForm<S extends z.ZodType> = {
  fields: S;
  change: (ctx: Context, values: z.output<S>) => Promise<unknown>;
  done: string;
  /** What is said when something else stands against it. */
  refused?: string;
};

/** Answers a form of the team page: does the change and says what came of it on the page. */
export async function answerTeamForm<S extends z.ZodType>(
  request: Request,
  { fields, change, done, refused }: TeamForm<S>,
): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (values) => {
      await change(await coachContext(), values);
      return `/settings/team?say=${done}`;
    },
    refused: ({ code, field }) => {
      const say = code === "conflict" && refused ? refused : field === "email" ? "bad-email" : "refused";
      return `/settings/team?say=${say}`;
    },
  });
}
