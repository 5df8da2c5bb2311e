import { useTranslations } from "next-intl";
import { ROLE } from "./roles";
import { SortHeader, type SortState } from "./sort-header";

const WIDTHS = ["x", "nm", "lv", "hv", "bu", "z", "sp", "tr", "lo", "rh", "sl", "re", "rv", "ak"];

/** Caption, column widths and headers; those that sort are links. */
export function SquadHead({ sort }: { sort: SortState }) {
  const t = useTranslations("squad.table");
  const plain = (className: string, key: string, title?: string) => (
    <th scope="col" className={className} title={title && t(title)} {...ROLE.columnHeader}>
      {t(key)}
    </th>
  );
  return (
    <>
      <caption className="unseen">{t("caption")}</caption>
      <colgroup>
        {WIDTHS.map((name) => (
          <col key={name} className={`col-${name}`} />
        ))}
      </colgroup>
      <thead {...ROLE.group}>
        <tr {...ROLE.row}>
          <th scope="col" className="x" {...ROLE.columnHeader}>
            <span className="unseen">{t("why")}</span>
          </th>
          <SortHeader by="name" sort={sort} />
          <SortHeader by="attention" sort={sort} />
          {plain("hv num", "hrv", "hrvTitle")}
          {plain("bu", "own")}
          <SortHeader by="z" sort={sort} />
          {plain("sp", "nights")}
          {plain("tr num", "trend", "trendTitle")}
          <SortHeader by="load" sort={sort} />
          {plain("rh num", "resting", "restingTitle")}
          {plain("sl num", "sleep", "sleepTitle")}
          {plain("re", "recharge")}
          <SortHeader by="received" sort={sort} />
          {plain("ak", "coach")}
        </tr>
      </thead>
    </>
  );
}
