import { useLocale } from "next-intl";
import { moment } from "@/components/format/dates";

/** A moment as the operator's pages tell it: `06:12` today, `Wed 18 Nov 06:12` before. */
export function useWhen({ timeZone, today }: { timeZone: string; today: string }) {
  const locale = useLocale();
  return (at: number | Date) => moment(Number(at), { timeZone, date: today, locale });
}
