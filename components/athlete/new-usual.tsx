import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { AnsweredForm } from "@/components/ui/answered-form.client";
import { Card, Entries, Remark } from "@/components/ui/blocks";
import { Button, Input, Label } from "@/components/ui/controls";
import type { Answered } from "@/components/ui/refusal";
import type { AthleteView } from "@/lib/services/athletes/view";

export type NewUsualActs = { acceptUsual: Answered; takeBackUsual: (form: FormData) => Promise<void> };

/** Where HRV has settled lower, the way to take that as usual, and what was accepted before, each with its way back. */
export function NewUsual({ view, act }: { view: AthleteView; act: NewUsualActs | undefined }) {
  const t = useTranslations("athlete.newUsual");
  const evidence = view.why?.evidence;
  const { newUsuals } = view;
  const isLower = evidence?.driftRule === true && evidence.rules.R7 === true;
  if (!isLower && newUsuals.length === 0) return null;
  return (
    <Card title={t("title")} titleId="new-usual-title" id="new-usual">
      {isLower ? <Lower view={view} accept={act?.acceptUsual} /> : null}
      <Accepted view={view} takeBack={act?.takeBackUsual} />
    </Card>
  );
}

function Lower({ view, accept }: { view: AthleteView; accept: NewUsualActs["acceptUsual"] | undefined }) {
  const t = useTranslations("athlete.newUsual");
  const { mean14 = null, reference } = view.why?.evidence ?? {};
  const ms = (x: number | null | undefined) => (x == null ? "–" : whole(Math.exp(x)));
  return (
    <>
      <Remark>{t("lower", { now: ms(mean14), before: ms(reference?.mean) })}</Remark>
      <Remark>{t("consequence")}</Remark>
      {accept ? (
        <AnsweredForm
          act={accept}
          problems={{ date: t("badDay"), form: t("refused") }}
          className="flex flex-wrap items-end gap-x-3 gap-y-2 print:hidden"
        >
          <input type="hidden" name="athleteId" value={view.athlete.id} />
          <Label htmlFor="new-usual-from">{t("from")}</Label>
          <Input
            id="new-usual-from"
            fit="words"
            type="date"
            name="date"
            defaultValue={view.today}
            max={view.today}
            required
          />
          <Button type="submit">{t("accept")}</Button>
        </AnsweredForm>
      ) : (
        <p className="text-ink-3">{t("viewer")}</p>
      )}
    </>
  );
}

function Accepted({
  view,
  takeBack,
}: {
  view: AthleteView;
  takeBack: NewUsualActs["takeBackUsual"] | undefined;
}) {
  const t = useTranslations("athlete.newUsual");
  const locale = useLocale();
  if (view.newUsuals.length === 0) return null;
  return (
    <Entries aria-label={t("history")}>
      {view.newUsuals.map(({ fromDay, by }) => (
        <li key={fromDay}>
          {t("accepted", { day: civil(fromDay, "long", locale), by: by ?? t("somebody") })}
          {takeBack ? (
            <form action={takeBack} className="print:hidden">
              <input type="hidden" name="athleteId" value={view.athlete.id} />
              <input type="hidden" name="date" value={fromDay} />
              <Button type="submit" size="small">
                {t("takeBack")}
              </Button>
            </form>
          ) : null}
        </li>
      ))}
    </Entries>
  );
}
