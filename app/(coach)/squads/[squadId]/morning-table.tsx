import { getLocale, getTranslations } from "next-intl/server";
import { remember } from "@/components/format/remember";
import type { Column } from "@/components/squad/hidden-columns";
import { encodeRows } from "@/components/squad/row-code";
import { displayRow, type RowWords } from "@/components/squad/row-display";
import type { SortState } from "@/components/squad/sort-header";
import { SquadHead } from "@/components/squad/squad-head";
import { SquadTable } from "@/components/squad/squad-table";
import type { TableWords } from "@/components/squad/table-frame";
import { WhyPanel } from "@/components/squad/why-panel";
import { countToLookAt, SECTIONS } from "@/lib/alerts/morning";
import type { SquadRow, SquadView } from "@/lib/services/squads/view-model";
import { loadWhy, say } from "./actions";

const OPENED_WITH_PAGE = 2;

type MorningTableProps = {
  view: SquadView;
  rows: readonly SquadRow[];
  sort: SortState;
  hidden: readonly Column[];
  mayJudge: boolean;
};

/** The rows in words, the first reasons with them. */
export async function MorningTable({ view, rows, sort, hidden, mayJudge }: MorningTableProps) {
  const squad = remember(await getTranslations("squad"));
  const words: RowWords = {
    squad,
    levels: remember(await getTranslations("levels")),
    locale: await getLocale(),
    date: view.date,
    timeZone: view.squad.timeZone,
    squadId: view.squad.id,
    widestLoad: Math.max(1, ...view.rows.flatMap((row) => [row.load.sum7 ?? 0, row.load.prev7 ?? 0])),
  };
  const maySay = mayJudge ? say : undefined;
  const reasons = rows.filter((row) => row.section === "look" && row.why).slice(0, OPENED_WITH_PAGE);
  const panels = reasons.map(({ athleteId, why }) => [
    athleteId,
    why && (
      <WhyPanel
        key={athleteId}
        why={why}
        squadId={view.squad.id}
        timeZone={view.squad.timeZone}
        say={maySay}
      />
    ),
  ]);
  return (
    <div data-hidden={hidden.join(" ")}>
      <SquadTable
        key={view.date}
        rows={encodeRows(rows.map((row) => displayRow(row, words)))}
        sections={sectionsOf(rows, squad)}
        frame={{ squadId: view.squad.id, words: tableWords(squad), say: maySay }}
        panels={Object.fromEntries(panels)}
        loadWhy={loadWhy.bind(null, view.squad.id, view.date)}
        head={<SquadHead sort={sort} />}
        hidden={hidden.length}
      />
    </div>
  );
}

function sectionsOf(rows: readonly SquadRow[], squad: RowWords["squad"]) {
  return SECTIONS.map((section) => {
    const own = rows.filter((row) => row.section === section);
    const stopped = own.filter(({ standing }) => standing.kind === "stopped").length;
    const { fresh, continuing } = countToLookAt(
      own.map(({ episode }) => ({ section, isNew: episode?.isNew === true })),
    );
    return {
      section,
      title: squad(`section.${section}.title`, { n: own.length - stopped }),
      text: squad(`section.${section}.text`, { opened: fresh, continuing, stopped }),
    };
  });
}

function tableWords(squad: RowWords["squad"]): TableWords {
  const name = "{name}";
  return {
    hrv: squad("table.hrv"),
    againstOwn: squad("table.againstOwn"),
    trend: squad("table.trend"),
    loadPhone: squad("table.loadPhone"),
    why: squad("table.why"),
    whyOf: squad("table.whyOf", { name }),
    spark: squad("table.sparkWords", { n: "{n}", ms: "{ms}" }),
    wait: squad("table.wait"),
    acknowledge: squad("coach.say.acknowledged"),
    acknowledgeOf: squad("coach.sayOf.acknowledged", { name }),
    acknowledged: squad("coach.said.acknowledged"),
    undo: squad("coach.undo"),
    print: squad("table.print"),
  };
}
