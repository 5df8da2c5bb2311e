import { getLocale, getTranslations } from "next-intl/server";
import { moment } from "@/components/format/dates";
import type { FirstSyncWait } from "@/lib/services/own-page/view-model";

/** Why being registered at Polar, or the first sync, takes its time, and until when; empty when nothing keeps it waiting. */
export async function waitInWords(wait: FirstSyncWait | null): Promise<string> {
  if (!wait) return "";
  const t = await getTranslations("me.connected");
  const { what, untilMs, timeZone, today } = wait;
  const at = moment(untilMs, { timeZone, date: today, locale: await getLocale() });
  return t(what === "registration" ? "registering" : "waits", { at });
}
