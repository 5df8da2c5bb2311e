import { z } from "zod";
import { AppError } from "../../errors";

const uuid = z.uuid();

/** An id from an address or a form; what is no id names nothing. @throws AppError `not-found` */
export function requireId(id: string): string {
  if (!uuid.safeParse(id).success) throw new AppError("not-found", "This does not exist.");
  return id;
}
