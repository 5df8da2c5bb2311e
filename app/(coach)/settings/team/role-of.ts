import { z } from "zod";
import type { Role } from "@/lib/context";
import { parseInput } from "@/lib/services/access/parse-input";

const roleInput = z.object({ role: z.enum(["owner", "coach", "viewer"]) });

/** The role a form names. @throws AppError `bad-input` */
export function roleOf(form: FormData): Role {
  return parseInput(roleInput, { role: form.get("role") }).role;
}
