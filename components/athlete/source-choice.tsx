import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { AnsweredForm } from "@/components/ui/answered-form.client";
import { Entries, Notice, Remark } from "@/components/ui/blocks";
import { Button, Input, Label } from "@/components/ui/controls";
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
        <Notice className="my-2 grid gap-1.5" role="note">
          <p>{t("propose", { proposed, n: counts[proposed] })}</p>
          <p className="text-ink-3">{t("consequence")}</p>
          {choose ? <Proposal view={view} proposed={proposed} choose={choose} /> : null}
        </Notice>
      )}
      {proposed === null && choose && counts[other] > 0 ? (
        <details className="print:hidden">
          <summary className="link">{t("change")}</summary>
          <Remark className="mb-2 pt-2">{t("consequence")}</Remark>
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
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2 print:hidden">
      <FromDay view={view} source={proposed} choose={choose} word={t("accept", { proposed })} />
      <AnsweredForm
        act={choose}
        problems={{ form: t("refused") }}
        className="flex flex-wrap items-center gap-x-2 gap-y-1.5"
      >
        <Fields view={view} source={current} />
        <input type="hidden" name="fromDay" value={view.today} />
        <Button type="submit">{t("keep", { current })}</Button>
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
    <AnsweredForm
      act={choose}
      problems={{ fromDay: t("badDay"), form: t("refused") }}
      className="flex flex-wrap items-center gap-x-2 gap-y-1.5"
    >
      <Fields view={view} source={source} />
      <Label htmlFor="source-from">{t("from")}</Label>
      <Input
        id="source-from"
        fit="words"
        type="date"
        name="fromDay"
        defaultValue={view.today}
        min={view.today}
        required
      />
      <Button type="submit" kind="primary">
        {word}
      </Button>
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
    <Entries aria-label={t("history")}>
      {choices.map(({ fromDay, source, by }) => (
        <li key={fromDay} className="text-ink-3">
          {t("choice", { source, day: civil(fromDay, "short", locale), by: by ?? t("somebody") })}
        </li>
      ))}
    </Entries>
  );
}
