import { useTranslations } from "next-intl";
import { HISTORY_CHOICES } from "@/lib/consent";

/** How much to share: nothing is chosen beforehand. */
export function HistoryChoice() {
  const t = useTranslations("me.invite.history");
  return (
    <fieldset>
      <legend className="pb-1.5 font-semibold">{t("legend")}</legend>
      <div className="own-choice">
        {HISTORY_CHOICES.map((history) => (
          <label key={history}>
            <input type="radio" name="history" value={history} required />
            <span>{t(history)}</span>
            <span className="hint">{t(`${history}Hint`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
