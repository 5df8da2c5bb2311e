import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { MailChoice } from "@/lib/services/news/subscription";

type Props = { squadId: string; choice: MailChoice; save: (form: FormData) => Promise<void> };

/** Which of the squad's mails the coach who looks gets; nobody else's choice is changed here. */
export function MailChoiceForm({ squadId, choice, save }: Props) {
  const t = useTranslations("alerts.delivery.own");
  return (
    <form action={save} className="grid gap-2 pt-3 no-print">
      <input type="hidden" name="squadId" value={squadId} />
      <fieldset className="grid gap-2">
        <legend className="pb-1 font-medium">{t("title")}</legend>
        <label className="check-line">
          <input type="checkbox" name="morning" defaultChecked={choice.morning} />
          <span>{t("morning")}</span>
        </label>
        <label className="check-line">
          <input
            type="checkbox"
            name="laterToday"
            defaultChecked={choice.laterToday}
            aria-describedby="later-today-hint"
          />
          <span>
            {t("laterToday")}
            <span className="text-cell text-ink-3 block" id="later-today-hint">
              {t("laterTodayHint")}
            </span>
          </span>
        </label>
      </fieldset>
      <div>
        <Button type="submit" size="small">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
