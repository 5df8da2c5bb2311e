import Link from "next/link";
import { useTranslations } from "next-intl";
import { Sub } from "@/components/ui/lists";
import { type ColumnId, columnOf } from "./columns";
import type { SortKey } from "./order";
import { ROLE } from "./roles";

/** What the list is sorted by, and the address of every other order. */
export type SortState = { by: SortKey; hrefOf: (key: SortKey) => string };

type HeadProps = { columns: readonly ColumnId[]; sort: SortState };

/** Caption, column widths and headers; those that sort are links. */
export function SquadHead({ columns, sort }: HeadProps) {
  const t = useTranslations("squad.table");
  return (
    <>
      <caption className="sr-only">{t("caption")}</caption>
      <colgroup>
        {columns.map((id) => (
          <col key={id} data-column={id} style={{ width: columnOf(id).widthPx }} />
        ))}
      </colgroup>
      <thead {...ROLE.group}>
        <tr {...ROLE.row}>
          {columns.map((id) => (
            <ColumnHead key={id} id={id} sort={sort} />
          ))}
        </tr>
      </thead>
    </>
  );
}

/** A column's header; the one that the list is sorted by says so. A note names what stands side by side in the cells. */
function ColumnHead({ id, sort }: { id: ColumnId; sort: SortState }) {
  const t = useTranslations(`squad.columns.of.${id}`);
  const { figures, head, sort: own } = columnOf(id);
  const key = own?.key ?? id;
  const sorted = own !== undefined && sort.by === key;
  const words = head === "unseen" ? <span className="sr-only">{t("head")}</span> : t("head");
  return (
    <th
      scope="col"
      className={figures && "num"}
      data-column={id}
      title={t.has("title") ? t("title") : undefined}
      aria-sort={sorted ? own.order : undefined}
      {...ROLE.columnHeader}
    >
      {own ? (
        <Link href={sort.hrefOf(key)} scroll={false} prefetch={false} replace>
          {words}
          {sorted ? <span aria-hidden="true"> {own.order === "descending" ? "↓" : "↑"}</span> : null}
        </Link>
      ) : (
        words
      )}
      {t.has("note") ? (
        <span aria-hidden="true">
          <Sub className="max-w-21 [text-align-last:justify]">{t("note")}</Sub>
        </span>
      ) : null}
    </th>
  );
}
