import { getTranslations } from "next-intl/server";
import { optionalCoachContext } from "@/app/context";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";

type File = { name: string; csv: string };

const STATUS: Partial<Record<string, number>> = { "bad-input": 400, forbidden: 403, "not-signed-in": 401 };

/** Answers with a CSV file of what the signed-in coach asked for, or says in one line why not. */
export async function csvAnswer(make: (ctx: Context) => Promise<File>): Promise<Response> {
  const ctx = await optionalCoachContext();
  const say = await getTranslations("errors.code");
  if (!ctx) return new Response(`${say("not-signed-in")}\n`, { status: 401 });
  try {
    const { name, csv } = await make(ctx);
    return new Response(csv, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]+/g, "-")}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const why = say(error.code, { detail: error.field ?? "" });
    return new Response(`${why}\n`, { status: STATUS[error.code] ?? 404 });
  }
}
