import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { COLUMNS, type Column } from "./hidden-columns";

/** Which columns the table shows in this browser. A plain form: it works without scripts. */
export function ColumnChoice({ hidden, next }: { hidden: readonly Column[]; next: string }) {
  const t = useTranslations("squad.columns");
  return (
    <details className="menu menu-end wide-only">
      <summary className="button button-small">{t("button", { hidden: hidden.length })}</summary>
      <form action="/preferences" method="post" className="menu-body column-choice">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="columns" value="chosen" />
        <fieldset>
          <legend className="label">{t("legend")}</legend>
          {COLUMNS.map((column) => (
            <label key={column}>
              <input type="checkbox" name="column" value={column} defaultChecked={!hidden.includes(column)} />
              {t(column)}
            </label>
          ))}
        </fieldset>
        <p className="quiet">{t("narrow")}</p>
        <Button kind="primary" size="small">
          {t("apply")}
        </Button>
      </form>
    </details>
  );
}
