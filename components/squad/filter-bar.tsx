import { useTranslations } from "next-intl";
import { Button, ButtonAnchor, Input } from "@/components/ui/controls";
import { Toolbar, ToolGroup, ToolKey } from "@/components/ui/toolbar";
import { ColumnChoice } from "./column-choice";
import type { ColumnId } from "./columns";
import { FilterForm } from "./filters";
import { Hidden, hrefOf, type UrlState } from "./url-state";

type FilterBarProps = {
  state: UrlState;
  groups: readonly string[];
  path: string;
  today: string;
  exportHref: string;
  /** What the browser hides, and what has nothing to show yet. */
  hidden: readonly ColumnId[];
  absent: readonly ColumnId[];
};

/** Groups, what nobody acknowledged, a name to find, the day, and the columns to show. */
export function FilterBar({ state, groups, path, today, exportHref, hidden, absent }: FilterBarProps) {
  const t = useTranslations("squad.filter");
  return (
    <Toolbar>
      <ToolGroup as={FilterForm}>
        <Hidden state={state} without={["group", "unseen"]} />
        {groups.length > 0 ? (
          <Button type="submit" size="small" aria-pressed={state.group === null && !state.unseenOnly}>
            {t("allGroups")}
          </Button>
        ) : null}
        {groups.map((group) => (
          <Button
            type="submit"
            key={group}
            size="small"
            name={state.group === group ? undefined : "group"}
            value={state.group === group ? undefined : group}
            aria-pressed={state.group === group}
          >
            {group}
          </Button>
        ))}
        <Button
          type="submit"
          size="small"
          name={state.unseenOnly ? undefined : "unseen"}
          value={state.unseenOnly ? undefined : "1"}
          aria-pressed={state.unseenOnly}
        >
          {t("unseen")}
        </Button>
      </ToolGroup>
      <Key />
      <FilterForm className="flex flex-wrap items-center gap-2 phone:flex-[1_1_100%] phone:[&>[type=search]]:min-w-30 phone:[&>[type=search]]:flex-1">
        <Hidden state={state} without={["find", "date"]} />
        <label className="sr-only" htmlFor="filter-date">
          {t("day")}
        </label>
        <Input
          id="filter-date"
          fit="small"
          type="date"
          name="date"
          max={today}
          defaultValue={state.date ?? today}
        />
        <label className="sr-only" htmlFor="filter-find">
          {t("find")}
        </label>
        <Input
          id="filter-find"
          fit="small"
          type="search"
          name="find"
          placeholder={t("find")}
          defaultValue={state.find}
        />
        <Button type="submit" size="small">
          {t("show")}
        </Button>
      </FilterForm>
      <ColumnChoice hidden={hidden} absent={absent} next={hrefOf(path, state)} />
      <ButtonAnchor className="phone:hidden" size="small" href={exportHref}>
        {t("export")}
      </ButtonAnchor>
      {state.date !== null && state.date !== today ? (
        <a className="link" href={hrefOf(path, { ...state, date: null })}>
          {t("backToToday")}
        </a>
      ) : null}
    </Toolbar>
  );
}

function Key() {
  const t = useTranslations("squad.key");
  return (
    <ToolKey>
      <span>
        <svg width="14" height="10" aria-hidden="true">
          <rect width="14" height="10" rx="2" fill="var(--band)" />
        </svg>
        {t("band")}
      </span>
      <span>
        <svg width="8" height="10" aria-hidden="true">
          <circle cx="4" cy="5" r="3.5" fill="var(--ink)" />
        </svg>
        {t("today")}
      </span>
      <span>
        <svg width="4" height="12" aria-hidden="true">
          <path d="M2 0v12" stroke="var(--data)" strokeWidth="2" />
        </svg>
        {t("mean7")}
      </span>
    </ToolKey>
  );
}
