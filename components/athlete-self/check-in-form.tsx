import { useTranslations } from "next-intl";
import { Button, TextBox } from "@/components/ui/controls";
import type { OwnCheckIn } from "@/lib/services/own-page/view-model";
import styles from "./scale.module.css";

const steps = [1, 2, 3, 4, 5, 6, 7];

/** Four scales, tags and a note; every one optional, none chosen beforehand. Posts without JavaScript. */
export function CheckInForm({ checkIn }: { checkIn: OwnCheckIn }) {
  const t = useTranslations("me.checkIn");
  if (!checkIn.open) return <p className="text-ink-2">{t("closed")}</p>;
  return (
    <form action="/me/check-in" method="post" className="grid gap-3">
      <input type="hidden" name="basis" value={checkIn.basis} />
      {checkIn.questions.map((asked) => (
        <Scale key={asked.question} {...asked} />
      ))}
      <fieldset>
        <legend className="font-medium pb-1.5">{t("tagsLabel")}</legend>
        <div className="flex flex-wrap gap-1.5">
          {checkIn.tags.map(({ tag, ticked }) => (
            <label
              key={tag}
              className="inline-flex min-h-11 items-center gap-1.5 rounded-[10px] border border-ink-3 bg-surface px-3"
            >
              <input type="checkbox" name="tags" value={tag} defaultChecked={ticked} />
              {t(`tags.${tag}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextBox
        name="note"
        rows={2}
        maxLength={500}
        aria-label={t("note")}
        placeholder={t("note")}
        defaultValue={checkIn.note}
      />
      <Button kind="primary">{t(checkIn.sent ? "change" : "send")}</Button>
    </form>
  );
}

function Scale({ question, answer }: OwnCheckIn["questions"][number]) {
  const t = useTranslations(`me.checkIn.questions.${question}`);
  const word = (step: number) => (step === 1 ? `, ${t("low")}` : step === 7 ? `, ${t("high")}` : "");
  return (
    <fieldset>
      <legend className="font-medium">{t("label")}</legend>
      <div className={styles.steps}>
        {steps.map((step) => (
          <label key={step}>
            <input type="radio" name={question} value={step} defaultChecked={answer === step} />
            {step}
            <span className="sr-only">{word(step)}</span>
          </label>
        ))}
      </div>
      <div className="mt-0.5 flex justify-between text-cell text-ink-3" aria-hidden="true">
        <span>{t("low")}</span>
        <span>{t("high")}</span>
      </div>
    </fieldset>
  );
}
