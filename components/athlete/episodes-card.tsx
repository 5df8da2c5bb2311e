import { useLocale, useTranslations } from "next-intl";
import { PrecisionText } from "@/components/alerts/precision-text";
import { civil } from "@/components/format/dates";
import { saidText } from "@/components/squad/cell-values";
import { VerdictForm } from "@/components/squad/verdict-form";
import { Card, Entries } from "@/components/ui/blocks";
import { LevelChip } from "@/components/ui/level-chip";
import { JUDGEMENTS } from "@/lib/alerts/causes";
import type { AthleteView } from "@/lib/services/athletes/view";

type Props = { view: AthleteView; say?: ((form: FormData) => Promise<void>) | undefined };
type Entry = AthleteView["episodes"]["episodes"][number];

const SHOWN = 5;

/** The athlete's episodes of a year with what coaches said of them, and how many of the judged ones were useful. */
export function EpisodesCard({ view, say }: Props) {
  const t = useTranslations("athlete.episodes");
  const { episodes, precision } = view.episodes;
  const earlier = episodes.slice(SHOWN);
  return (
    <Card title={t("title")} titleId="episodes-title" id="episodes">
      <PrecisionText precision={precision} />
      {episodes.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      <EpisodeList entries={episodes.slice(0, SHOWN)} view={view} say={say} />
      {earlier.length === 0 ? null : (
        <details>
          <summary className="link">{t("more", { n: earlier.length })}</summary>
          <EpisodeList entries={earlier} view={view} say={say} />
        </details>
      )}
    </Card>
  );
}

function EpisodeList({ entries, view, say }: Props & { entries: readonly Entry[] }) {
  return (
    <Entries>
      {entries.map((entry) => (
        <EpisodeLine key={entry.openedOn} entry={entry} view={view} say={say} />
      ))}
    </Entries>
  );
}

function EpisodeLine({ entry, view, say }: Props & { entry: Entry }) {
  const t = useTranslations("athlete.episodes");
  const squad = useTranslations("squad");
  const locale = useLocale();
  const day = (date: string) => civil(date, "short", locale);
  const { openedOn, closedOn, lastFlaggedOn, level, said } = entry;
  return (
    <li>
      <span className="flex items-center justify-between gap-2">
        <span className="flex flex-wrap items-center gap-2">
          <LevelChip level={level} />
          {closedOn === null
            ? t("open", { from: day(openedOn) })
            : spanOf(t, { from: day(openedOn), to: day(lastFlaggedOn) })}
        </span>
        {said ? (
          <span className="whitespace-nowrap text-label text-ink-3">
            {saidText(said, { squad, locale, timeZone: view.squad.timeZone })}
          </span>
        ) : null}
      </span>
      {say ? (
        <details className="print:hidden">
          <summary
            className="link"
            aria-label={t("judgeOf", { word: t(said ? "judgeAgain" : "judge"), day: day(openedOn) })}
          >
            {t(said ? "judgeAgain" : "judge")}
          </summary>
          <VerdictForm
            athleteId={view.athlete.id}
            openedOn={openedOn}
            squadId={view.squad.id}
            name={`${view.athlete.name}, ${day(openedOn)}`}
            say={say}
            choices={JUDGEMENTS}
          />
        </details>
      ) : null}
    </li>
  );
}

/** An episode ended on its last flagged day; the days that it took to be sure are not part of it. */
function spanOf(t: ReturnType<typeof useTranslations>, of: { from: string; to: string }): string {
  return of.from === of.to ? of.from : t("span", of);
}
