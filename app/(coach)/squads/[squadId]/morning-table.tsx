import { getLocale, getTranslations } from "next-intl/server";
import { remember } from "@/components/format/remember";
import type { RowWords } from "@/components/squad/cell-values";
import { columnStyles } from "@/components/squad/column-styles";
import { type ColumnId, columnOf } from "@/components/squad/columns";
import type { SortKey } from "@/components/squad/order";
import { encodeRows, type RowDisplay } from "@/components/squad/row-code";
import type { ShownColumn } from "@/components/squad/squad-row";
import { SquadTable } from "@/components/squad/squad-table";
import type { TableWords } from "@/components/squad/table-frame";
import { WhyPanel } from "@/components/squad/why-panel";
import { countToLookAt, SECTIONS } from "@/lib/alerts/morning";
import type { SquadRow } from "@/lib/services/squads/row";
import type { SquadView } from "@/lib/services/squads/view-model";
import { loadWhy, say } from "./actions";

/** What the list is sorted by, and the address of every other order. */
type SortState = { by: SortKey; hrefOf: (key: SortKey) => string };

type MorningTableProps = {
  view: SquadView;
  rows: readonly SquadRow[];
  columns: readonly ColumnId[];
  sort: SortState;
  mayJudge: boolean;
};

/** The rows in words, the first reasons with them. */
export async function MorningTable({ view, rows, columns, sort, mayJudge }: MorningTableProps) {
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
  // The first reason stands open; the others are fetched as soon as somebody points at them.
  const reasons = rows.filter((row) => row.section === "look" && row.why).slice(0, 1);
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
    <>
      <style>{columnStyles(columns)}</style>
      <SquadTable
        key={view.date}
        rows={encodeRows(
          rows.map((row) => displayed(row, columns, words)),
          columns,
        )}
        columns={await shown(columns, sort)}
        sections={sectionsOf(rows, squad)}
        frame={{ squadId: view.squad.id, words: tableWords(squad), say: maySay }}
        panels={Object.fromEntries(panels)}
        loadWhy={loadWhy.bind(null, view.squad.id, view.date)}
        caption={squad("table.caption")}
      />
    </>
  );
}

/** What travels of a row: what its shown cells are drawn from. */
function displayed(row: SquadRow, columns: readonly ColumnId[], words: RowWords): RowDisplay {
  const { athleteId: id, name, section, level, standing } = row;
  const cells = Object.fromEntries(columns.map((column) => [column, columnOf(column).value(row, words)]));
  return { id, name, section, level, scored: standing.kind === "scored", cells };
}

async function shown(columns: readonly ColumnId[], sort: SortState): Promise<ShownColumn[]> {
  const t = await getTranslations("squad.columns.of");
  return columns.map((id) => {
    const { figures, Cell, head, widthPx, sort: own } = columnOf(id);
    const key = own?.key ?? id;
    return {
      ...{ id, Cell },
      ...(figures && { figures }),
      ...(t.has(`${id}.card`) && { card: t(`${id}.card`) }),
      head: {
        ...{ word: t(`${id}.head`), widthPx },
        ...(head === "unseen" && { isUnseen: true as const }),
        ...(t.has(`${id}.title`) && { title: t(`${id}.title`) }),
        ...(t.has(`${id}.note`) && { note: t(`${id}.note`) }),
        ...(own && { href: sort.hrefOf(key) }),
        ...(own && sort.by === key && { sorted: own.order }),
      },
    };
  });
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
    why: squad("columns.of.why.head"),
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
