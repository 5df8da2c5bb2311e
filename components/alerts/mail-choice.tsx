import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/controls";
import type { MailChoice } from "@/lib/services/news/subscription";
import { CheckLine } from "./check-line";

type Props = { squadId: string; choice: MailChoice; save: (form: FormData) => Promise<void> };

/** Which of the squad's mails the coach who looks gets; nobody else's choice is changed here. */
export function MailChoiceForm({ squadId, choice, save }: Props) {
  const t = useTranslations("alerts.delivery.own");
  return (
    <form action={save} className="grid gap-2 pt-3 print:hidden">
      <input type="hidden" name="squadId" value={squadId} />
      <fieldset className="grid gap-2">
        <legend className="pb-1 font-medium">{t("title")}</legend>
        <CheckLine name="morning" defaultChecked={choice.morning}>
          {t("morning")}
        </CheckLine>
        <CheckLine
          name="laterToday"
          defaultChecked={choice.laterToday}
          hint={t("laterTodayHint")}
          hintId="later-today-hint"
        >
          {t("laterToday")}
        </CheckLine>
      </fieldset>
      <div>
        <Button type="submit" size="small">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
