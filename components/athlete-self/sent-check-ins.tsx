import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { SentCheckIn } from "@/lib/services/check-ins/save";

/** A row for each morning, what was ticked or written below it. */
export function SentCheckIns({ sent }: { sent: readonly SentCheckIn[] }) {
  const t = useTranslations("me.checkIns");
  const asked = sent[0]?.answers ?? [];
  return (
    <ScrollBox label={t("title")} className="overflow-x-auto">
      <table className="[&_th]:whitespace-nowrap [&_tr:first-child>*]:py-1.5 [&_tbody]:border-line [&_tbody]:border-b [&_tbody_th]:text-[0.875rem] [&_tbody_th]:text-ink-2">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {asked.map(({ question }) => (
              <th key={question} scope="col" className="num">
                {t(`questions.${question}`)}
              </th>
            ))}
          </tr>
        </thead>
        {sent.map((morning) => (
          <Morning key={morning.date} morning={morning} />
        ))}
      </table>
    </ScrollBox>
  );
}

function Morning({ morning }: { morning: SentCheckIn }) {
  const locale = useLocale();
  const words = useBeside(morning);
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">{civil(morning.date, "short", locale)}</th>
        {morning.answers.map(({ question, answer }) => (
          <td key={question} className="num">
            {answer ?? "–"}
          </td>
        ))}
      </tr>
      {words === "" ? null : (
        <tr>
          <td
            colSpan={1 + morning.answers.length}
            className="pb-1.5 text-[0.875rem] text-ink-2 leading-[1.1875rem] wrap-anywhere"
          >
            {words}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** Ticks and the note of a morning in one line. */
function useBeside({ tags, note }: SentCheckIn): string {
  const t = useTranslations("me.checkIn.tags");
  const ticked = tags.map((tag) => t(tag)).join(", ");
  return [ticked, note].filter((part) => part).join(". ");
}
