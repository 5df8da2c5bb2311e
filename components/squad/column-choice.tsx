import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/controls";
import { Menu } from "@/components/ui/menu";
import type { ColumnId } from "./columns";
import { HIDEABLE } from "./hidden-columns";

type ColumnChoiceProps = {
  hidden: readonly ColumnId[];
  /** Has nothing to show yet: there is nothing to choose, and what was chosen of it stays. */
  absent: readonly ColumnId[];
  next: string;
};

/** Which columns the table shows in this browser. A plain form: it works without scripts. */
export function ColumnChoice({ hidden, absent, next }: ColumnChoiceProps) {
  const t = useTranslations("squad.columns");
  return (
    <Menu
      className="phone:hidden"
      look="small"
      side="end"
      summary={t("button", { hidden: hidden.filter((column) => !absent.includes(column)).length })}
    >
      <form action="/preferences" method="post" className="grid gap-2 whitespace-nowrap">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="columns" value="chosen" />
        <fieldset>
          <legend className="font-medium text-label text-ink-3">{t("legend")}</legend>
          {HIDEABLE.filter((column) => !absent.includes(column)).map((column) => (
            <label key={column} className="flex min-h-6.5 items-center gap-2">
              <input type="checkbox" name="column" value={column} defaultChecked={!hidden.includes(column)} />
              {t(`of.${column}.name`)}
            </label>
          ))}
          {absent.map((column) =>
            hidden.includes(column) ? null : (
              <input key={column} type="hidden" name="column" value={column} />
            ),
          )}
        </fieldset>
        <p className="max-w-55 whitespace-normal text-label text-ink-3">{t("narrow")}</p>
        <Button kind="primary" size="small">
          {t("apply")}
        </Button>
      </form>
    </Menu>
  );
}
