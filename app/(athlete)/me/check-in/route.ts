import { athleteContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { QUESTIONS } from "@/lib/check-in";
import { AppError, type ErrorCode } from "@/lib/errors";
import { saveCheckIn } from "@/lib/services/check-ins/save";

const refusals: Partial<Record<ErrorCode, string>> = { conflict: "too-late", forbidden: "not-sharing" };

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const form = await postedForm(request);
  const answers = Object.fromEntries(QUESTIONS.map((question) => [question, form.get(question)]));
  const input = {
    ...answers,
    tags: form.getAll("tags"),
    note: form.get("note") ?? "",
    basis: form.get("basis") ?? "",
  };
  try {
    await saveCheckIn({ ctx: await athleteContext(), input });
    return seeOther("/me?say=saved");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(`/me?say=${refusals[error.code] ?? "empty"}`);
  }
}
