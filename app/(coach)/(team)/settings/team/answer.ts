import { coachContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";

type Change = (ctx: Context, form: FormData) => Promise<unknown>;

/** Answers a form of the team page: does the change and says what came of it on the page. */
export async function answerTeamForm(
  request: Request,
  of: { change: Change; done: string; refused: string },
): Promise<Response> {
  const foreign = refuseForeignOrigin(request);
  if (foreign) return foreign;
  const form = await postedForm(request);
  try {
    await of.change(await coachContext(), form);
    return seeOther(`/settings/team?say=${of.done}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const say = error.code === "conflict" ? of.refused : error.field === "email" ? "bad-email" : "";
    return seeOther(`/settings/team${say ? `?say=${say}` : ""}`);
  }
}
