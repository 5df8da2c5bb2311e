import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { wordFor } from "@/components/format/word";
import { AnsweredForm } from "@/components/ui/answered-form.client";
import { Card, Entries } from "@/components/ui/blocks";
import { Button, ButtonSummary, Input, Label, Select, TextBox } from "@/components/ui/controls";
import type { Answered } from "@/components/ui/refusal";
import { DAY_TAGS } from "@/lib/readiness/types";
import type { AthleteView } from "@/lib/services/athletes/view";

type Act = (form: FormData) => Promise<void>;
export type NoteActions = {
  addNote: Answered;
  tagDay: Answered;
  untagDay: Act;
  confirmNight: Act;
  unconfirmNight: Act;
  untravelDay: Act;
  retravelDay: Act;
};

/** What people wrote, and which days stay out of the baseline or were confirmed. */
export function NotesCard({ view, act }: { view: AthleteView; act?: NoteActions | undefined }) {
  const t = useTranslations("athlete.notes");
  const locale = useLocale();
  const suspects = view.days.filter((day) => day.suspect).toReversed();
  return (
    <Card title={t("title")} titleId="notes-title">
      <Entries>
        {view.notes.map((note) => (
          <li key={note.id}>
            <span className="text-ink-3">
              {civil(note.date, "short", locale)} ·{" "}
              {note.fromAthlete ? t("athlete") : (note.by ?? t("somebody"))}
            </span>
            <p>{note.text}</p>
          </li>
        ))}
        {view.days
          .filter((day) => day.excludedTag !== null)
          .toReversed()
          .map((day) => (
            <li key={day.date} className="flex items-center justify-between gap-2">
              <span>
                <b>{wordFor(t, `tags.${day.excludedTag}`) ?? day.excludedTag}</b>{" "}
                {civil(day.date, "short", locale)} · {t("excluded")}
              </span>
              {act ? <DayForm view={view} date={day.date} act={act.untagDay} word={t("untag")} /> : null}
            </li>
          ))}
        {view.days
          .filter((day) => day.confirmed)
          .toReversed()
          .map((day) => (
            <li key={`confirmed-${day.date}`} className="flex items-center justify-between gap-2">
              <span>
                {civil(day.date, "short", locale)} · {t("confirmed", { ms: Math.round(day.rmssdMs ?? 0) })}
              </span>
              {act ? (
                <DayForm view={view} date={day.date} act={act.unconfirmNight} word={t("leaveOut")} />
              ) : null}
            </li>
          ))}
        {view.days
          .filter((day) => day.travel || day.notTravel)
          .toReversed()
          .map((day) => (
            <li key={`travel-${day.date}`} className="flex items-center justify-between gap-2">
              <span>
                <b>{t("tags.travel")}</b> {civil(day.date, "short", locale)} ·{" "}
                {t(day.travel ? "travel" : "notTravelOf")}
              </span>
              {act ? (
                <DayForm
                  view={view}
                  date={day.date}
                  act={day.travel ? act.untravelDay : act.retravelDay}
                  word={t(day.travel ? "notTravel" : "travelAgain")}
                />
              ) : null}
            </li>
          ))}
        {suspects.map((day) => (
          <li key={`suspect-${day.date}`} className="flex items-center justify-between gap-2">
            <span>
              {civil(day.date, "short", locale)} · {t("suspect", { ms: Math.round(day.rmssdMs ?? 0) })}
            </span>
            {act ? <DayForm view={view} date={day.date} act={act.confirmNight} word={t("confirm")} /> : null}
          </li>
        ))}
      </Entries>
      {act ? <NoteForms view={view} act={act} /> : null}
    </Card>
  );
}

function DayForm({ view, date, act, word }: { view: AthleteView; date: string; act: Act; word: string }) {
  const locale = useLocale();
  return (
    <form action={act}>
      <input type="hidden" name="athleteId" value={view.athlete.id} />
      <input type="hidden" name="date" value={date} />
      <Button
        type="submit"
        className="print:hidden"
        size="small"
        aria-label={`${word}: ${civil(date, "short", locale)}`}
      >
        {word}
      </Button>
    </form>
  );
}

function NoteForms({ view, act }: { view: AthleteView; act: NoteActions }) {
  const t = useTranslations("athlete.notes");
  const problems = { date: t("badDay"), text: t("badText"), tag: t("badReason"), form: t("refused") };
  return (
    <div className="flex flex-wrap gap-2 pt-2.5 print:hidden [&>[open]]:basis-full">
      <details>
        <ButtonSummary size="small">{t("addNote")}</ButtonSummary>
        <AnsweredForm act={act.addNote} problems={problems} className="grid gap-2 pt-2">
          <DayFields view={view} id="note" />
          <Label htmlFor="note-text">{t("text")}</Label>
          <TextBox id="note-text" name="text" required maxLength={1000} />
          <Button type="submit">{t("save")}</Button>
        </AnsweredForm>
      </details>
      <details>
        <ButtonSummary size="small">{t("addTag")}</ButtonSummary>
        <AnsweredForm act={act.tagDay} problems={problems} className="grid gap-2 pt-2">
          <DayFields view={view} id="tag" />
          <Label htmlFor="tag-tag">{t("reason")}</Label>
          <Select id="tag-tag" name="tag" required>
            {/* Nothing is chosen for the coach: a reason is a statement about somebody's health. */}
            <option value="">{t("chooseReason")}</option>
            {DAY_TAGS.map((tag) => (
              <option key={tag} value={tag}>
                {t(`tags.${tag}`)}
              </option>
            ))}
          </Select>
          <p className="text-cell text-ink-3">{t("tagHint")}</p>
          <Button type="submit">{t("save")}</Button>
        </AnsweredForm>
      </details>
    </div>
  );
}

function DayFields({ view, id }: { view: AthleteView; id: string }) {
  const t = useTranslations("athlete.notes");
  return (
    <>
      <input type="hidden" name="athleteId" value={view.athlete.id} />
      <Label htmlFor={`${id}-date`}>{t("day")}</Label>
      <Input
        id={`${id}-date`}
        type="date"
        name="date"
        defaultValue={view.day}
        min={view.from}
        max={view.today}
        required
      />
    </>
  );
}
