import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { wordFor } from "@/components/format/word";
import { AnsweredForm } from "@/components/ui/answered-form.client";
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
    <section className="card" aria-labelledby="notes-title">
      <h2 id="notes-title">{t("title")}</h2>
      <ul className="entries">
        {view.notes.map((note) => (
          <li key={note.id}>
            <span className="quiet">
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
            <li key={day.date} className="entry-line">
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
            <li key={`confirmed-${day.date}`} className="entry-line">
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
            <li key={`travel-${day.date}`} className="entry-line">
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
          <li key={`suspect-${day.date}`} className="entry-line">
            <span>
              {civil(day.date, "short", locale)} · {t("suspect", { ms: Math.round(day.rmssdMs ?? 0) })}
            </span>
            {act ? <DayForm view={view} date={day.date} act={act.confirmNight} word={t("confirm")} /> : null}
          </li>
        ))}
      </ul>
      {act ? <NoteForms view={view} act={act} /> : null}
    </section>
  );
}

function DayForm({ view, date, act, word }: { view: AthleteView; date: string; act: Act; word: string }) {
  const locale = useLocale();
  return (
    <form action={act}>
      <input type="hidden" name="athleteId" value={view.athlete.id} />
      <input type="hidden" name="date" value={date} />
      <button
        type="submit"
        className="button button-small no-print"
        aria-label={`${word}: ${civil(date, "short", locale)}`}
      >
        {word}
      </button>
    </form>
  );
}

function NoteForms({ view, act }: { view: AthleteView; act: NoteActions }) {
  const t = useTranslations("athlete.notes");
  const problems = { date: t("badDay"), text: t("badText"), tag: t("badReason"), form: t("refused") };
  return (
    <div className="note-forms no-print">
      <details>
        <summary className="button button-small">{t("addNote")}</summary>
        <AnsweredForm act={act.addNote} problems={problems} className="grid gap-2 pt-2">
          <DayFields view={view} id="note" />
          <label className="field-label" htmlFor="note-text">
            {t("text")}
          </label>
          <textarea id="note-text" className="input" name="text" required maxLength={1000} />
          <button type="submit" className="button">
            {t("save")}
          </button>
        </AnsweredForm>
      </details>
      <details>
        <summary className="button button-small">{t("addTag")}</summary>
        <AnsweredForm act={act.tagDay} problems={problems} className="grid gap-2 pt-2">
          <DayFields view={view} id="tag" />
          <label className="field-label" htmlFor="tag-tag">
            {t("reason")}
          </label>
          <select id="tag-tag" className="input" name="tag" required>
            {/* Nothing is chosen for the coach: a reason is a statement about somebody's health. */}
            <option value="">{t("chooseReason")}</option>
            {DAY_TAGS.map((tag) => (
              <option key={tag} value={tag}>
                {t(`tags.${tag}`)}
              </option>
            ))}
          </select>
          <p className="field-hint">{t("tagHint")}</p>
          <button type="submit" className="button">
            {t("save")}
          </button>
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
      <label className="field-label" htmlFor={`${id}-date`}>
        {t("day")}
      </label>
      <input
        id={`${id}-date`}
        className="input"
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
