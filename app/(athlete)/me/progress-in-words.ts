import { getFormatter, getTranslations } from "next-intl/server";
import type { Progress } from "@/lib/services/own-page/view-model";
import { waitInWords } from "./wait-in-words";

const PROVISIONAL_NIGHTS = 14;
const FIRM_NIGHTS = 30;

/** What the progress page says beside the streams; asked again while they are read, because nights come in meanwhile. */
export async function toldOf(progress: Progress, now: Date): Promise<{ wait: string; next: string }> {
  return {
    wait: await waitInWords(progress.firstSyncWait),
    next: await nextSentence(progress.readings, now),
  };
}

async function nextSentence(readings: number, now: Date): Promise<string> {
  const t = await getTranslations("me.connected");
  if (readings === 0) return t("nextNone");
  if (readings < PROVISIONAL_NIGHTS)
    return t("nextBuilding", { readings, days: PROVISIONAL_NIGHTS - readings });
  if (readings >= FIRM_NIGHTS) return t("nextFirm", { readings });
  const firmAt = new Date(now.getTime() + (FIRM_NIGHTS - readings) * 86_400_000);
  const date = (await getFormatter()).dateTime(firmAt, { day: "numeric", month: "long" });
  return t("nextProvisional", { readings, date });
}
