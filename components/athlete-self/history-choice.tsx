import { useTranslations } from "next-intl";
import { HISTORY_CHOICES } from "@/lib/consent";

/** How much to share: nothing is chosen beforehand. */
export function HistoryChoice() {
  const t = useTranslations("me.invite.history");
  return (
    <fieldset>
      <legend className="pb-1.5 font-semibold">{t("legend")}</legend>
      <div className="grid gap-2">
        {HISTORY_CHOICES.map((history) => (
          <label
            key={history}
            className="grid grid-cols-[20px_1fr] gap-x-2.5 gap-y-0.5 rounded-[10px] border border-ink-3 bg-surface px-3 py-2.5 has-checked:outline-2 has-checked:outline-ink has-checked:-outline-offset-2"
          >
            <input type="radio" name="history" value={history} required />
            <span>{t(history)}</span>
            <span className="col-start-2 text-[0.8125rem] text-ink-3 leading-[1.125rem]">
              {t(`${history}Hint`)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
