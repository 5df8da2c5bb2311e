import { z } from "zod";

/** Telephone numbers and days: what stands beside names in a sheet, and nobody is grouped by. */
function isPhoneOrDay(text: string): boolean {
  if (/\p{L}/u.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return (/^[+0]/.test(text) && digits >= 5) || digits >= 9 || /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}$/.test(text);
}

/** What an athlete is called: up to 80 characters with a letter among them, and no address. */
export const athleteName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => /\p{L}/u.test(name) && !name.includes("@"));

/** A group inside a squad, up to 40 characters; "" is none. No address, telephone number or day. */
export const athleteGroup = z
  .string()
  .trim()
  .max(40)
  .refine((group) => !group.includes("@") && !isPhoneOrDay(group));
