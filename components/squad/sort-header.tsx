import Link from "next/link";
import { useTranslations } from "next-intl";
import type { SortKey } from "@/lib/services/squads/view";
import { ROLE } from "./roles";

/** What the list is sorted by, and the address of every other order. */
export type SortState = { by: SortKey; hrefs: Record<SortKey, string> };

const CLASS = { attention: "lv", name: "nm", z: "z num", load: "lo", received: "rv num" } as const;

/** A column header that sorts; the sorted one says so. */
export function SortHeader({ by, sort }: { by: SortKey; sort: SortState }) {
  const t = useTranslations("squad.table.sort");
  const sorted = sort.by === by;
  return (
    <th
      scope="col"
      className={CLASS[by]}
      title={t(`title.${by}`)}
      aria-sort={sorted ? (by === "load" || by === "received" ? "descending" : "ascending") : undefined}
      {...ROLE.columnHeader}
    >
      <Link href={sort.hrefs[by]} scroll={false} prefetch={false} replace>
        {t(by)}
        {sorted ? <span aria-hidden="true"> {by === "load" || by === "received" ? "↓" : "↑"}</span> : null}
      </Link>
    </th>
  );
}
