import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { AnsweredForm } from "@/components/ui/answered-form.client";
import type { Answered } from "@/components/ui/refusal";
import type { HrvSource } from "@/lib/readiness/types";
import type { AthleteView } from "@/lib/services/athletes/view";

export type ChooseSource = Answered;
type Props = { view: AthleteView; choose?: ChooseSource | undefined };

/** The proposal to score on the other series once it is firm, the way to change it by hand, and what was chosen when. */
export function SourceChoice({ view, choose }: Props) {
  const t = useTranslations("athlete.source");
  const { current, counts, proposed } = view.source;
  const other = current === "nightly" ? "morning" : "nightly";
  return (
    <>
      {proposed === null ? null : (
        <div className="notice source-proposal" role="note">
          <p>{t("propose", { proposed, n: counts[proposed] })}</p>
          <p className="quiet">{t("consequence")}</p>
          {choose ? <Proposal view={view} proposed={proposed} choose={choose} /> : null}
        </div>
      )}
      {proposed === null && choose && counts[other] > 0 ? (
        <details className="no-print">
          <summary className="link">{t("change")}</summary>
          <p className="why-text pt-2">{t("consequence")}</p>
          <FromDay view={view} source={other} choose={choose} word={t("accept", { proposed: other })} />
        </details>
      ) : null}
      <Choices view={view} />
    </>
  );
}

type ProposalProps = { view: AthleteView; proposed: HrvSource; choose: ChooseSource };

function Proposal({ view, proposed, choose }: ProposalProps) {
  const t = useTranslations("athlete.source");
  const { current } = view.source;
  return (
    <div className="source-forms no-print">
      <FromDay view={view} source={proposed} choose={choose} word={t("accept", { proposed })} />
      <AnsweredForm act={choose} problems={{ form: t("refused") }}>
        <Fields view={view} source={current} />
        <input type="hidden" name="fromDay" value={view.today} />
        <button type="submit" className="button">
          {t("keep", { current })}
        </button>
      </AnsweredForm>
    </div>
  );
}

function FromDay({
  view,
  source,
  choose,
  word,
}: {
  view: AthleteView;
  source: HrvSource;
  choose: ChooseSource;
  word: string;
}) {
  const t = useTranslations("athlete.source");
  return (
    <AnsweredForm act={choose} problems={{ fromDay: t("badDay"), form: t("refused") }}>
      <Fields view={view} source={source} />
      <label className="field-label" htmlFor="source-from">
        {t("from")}
      </label>
      <input
        id="source-from"
        className="input"
        type="date"
        name="fromDay"
        defaultValue={view.today}
        min={view.today}
        required
      />
      <button type="submit" className="button button-primary">
        {word}
      </button>
    </AnsweredForm>
  );
}

function Fields({ view, source }: { view: AthleteView; source: HrvSource }) {
  return (
    <>
      <input type="hidden" name="athleteId" value={view.athlete.id} />
      <input type="hidden" name="source" value={source} />
    </>
  );
}

function Choices({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.source");
  const locale = useLocale();
  const { choices } = view.source;
  if (choices.length === 0) return null;
  return (
    <ul className="entries" aria-label={t("history")}>
      {choices.map(({ fromDay, source, by }) => (
        <li key={fromDay} className="quiet">
          {t("choice", { source, day: civil(fromDay, "short", locale), by: by ?? t("somebody") })}
        </li>
      ))}
    </ul>
  );
}
