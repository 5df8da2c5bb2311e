import { z } from "zod";
import { AppError } from "@/lib/errors";
import { readForm } from "./form";
import { refuseForeignOrigin } from "./same-origin";
import { seeOther } from "./see-other";

type Answer<S extends z.ZodType> = {
  fields: S;
  /** Does what the form asks for; where to go on, or the answer itself. */
  act: (values: z.output<S>) => Promise<string | Response>;
  /** The page that says why not. */
  refused: (error: AppError) => string;
};

/** What was posted as a form; what is none has no fields. */
export function postedForm(request: Request): Promise<FormData> {
  return request.formData().catch(() => new FormData());
}

/**
 * Answers a form that a page posts to a route of its own: refuses other sites, reads the fields, and leads to a page that
 * says what came of it, refusals included.
 */
export async function answerForm<S extends z.ZodType>(request: Request, of: Answer<S>): Promise<Response> {
  const foreign = refuseForeignOrigin(request);
  if (foreign) return foreign;
  const form = await postedForm(request);
  try {
    const answer = await of.act(readForm(of.fields, form));
    return typeof answer === "string" ? seeOther(answer) : answer;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(of.refused(error));
  }
}

/** Of a form that is a single button. */
export const noFields = z.object({});
