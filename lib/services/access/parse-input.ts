import { z } from "zod";
import { AppError } from "../../errors";

/** Validates what a form or a script sent. @throws AppError `bad-input` naming the first field that is wrong */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") || undefined;
  throw new AppError("bad-input", `Please check ${field ?? "what you entered"}.`, field ? { field } : {});
}

/** A text that has to be one of a list's words: what a form sends is text until it is parsed. */
export const oneOf = <const Word extends string>(words: readonly Word[]) => z.string().pipe(z.enum(words));
