import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { decimal } from "@/components/format/numbers";
import { Notice, Table } from "@/components/ui/blocks";
import { Button, SelectField } from "@/components/ui/controls";
import { Problems } from "./problems";
import type { ShownPreview } from "./states";

type PreviewProps = { preview: ShownPreview; pending: boolean };

/** What was understood of a table: its columns, to be corrected, and the first readings. */
export function Preview({ preview, pending }: PreviewProps) {
  const t = useTranslations("readings.table");
  const { count, blank, repeated, problemCount } = preview;
  return (
    <>
      {preview.format ? <p className="text-ink-2">{t("format", { format: preview.format })}</p> : null}
      <ColumnChoice preview={preview} />
      {preview.doubtfulUnit ? <Notice role="note">{t("doubtful")}</Notice> : null}
      {problemCount > 0 ? <Problems problems={preview.problems} count={problemCount} /> : null}
      {preview.readings.length > 0 ? <FirstReadings preview={preview} /> : null}
      <p className="text-ink-2">{t("counts", { n: count, blank, repeated })}</p>
      <div className="flex flex-wrap gap-3">
        <Button kind="primary" name="do" value="store" disabled={pending || problemCount > 0 || count === 0}>
          {t("store", { n: count })}
        </Button>
        <Button name="do" value="preview" disabled={pending}>
          {t("again")}
        </Button>
        <Button name="do" value="cancel" kind="plain" disabled={pending}>
          {t("cancel")}
        </Button>
      </div>
    </>
  );
}

const FIELDS = ["date", "rmssdMs", "heartRateBpm", "sdnnMs"] as const;

function ColumnChoice({ preview }: { preview: ShownPreview }) {
  const t = useTranslations("readings");
  const headings = preview.headings.map((heading, at) => ({ at, heading }));
  return (
    <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
      {FIELDS.map((field) => (
        <SelectField
          key={field}
          id={`column-${field}`}
          name={field}
          label={t(`column.${field}`)}
          defaultValue={preview.columns[field] ?? ""}
        >
          <option value="">{t("column.none")}</option>
          {headings.map(({ at, heading }) => (
            <option key={at} value={at}>
              {heading || t("column.unnamed", { n: at + 1 })}
            </option>
          ))}
        </SelectField>
      ))}
      <SelectField
        id="column-order"
        name="dateOrder"
        label={t("column.order")}
        defaultValue={preview.columns.dateOrder}
      >
        <option value="day-month">{t("column.dayMonth")}</option>
        <option value="month-day">{t("column.monthDay")}</option>
      </SelectField>
    </div>
  );
}

function FirstReadings({ preview }: { preview: ShownPreview }) {
  const t = useTranslations("readings");
  const locale = useLocale();
  const one = (value: number | null) => (value === null ? "–" : decimal(value, 1, locale));
  return (
    <Table caption={t("table.caption")}>
      <thead>
        <tr>
          <th scope="col">{t("column.date")}</th>
          <th scope="col" className="num">
            {t("column.rmssdMs")}
          </th>
          <th scope="col" className="num">
            {t("column.heartRateBpm")}
          </th>
          <th scope="col" className="num">
            {t("table.line")}
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.readings.map((reading) => (
          <tr key={reading.line}>
            <th scope="row">
              {civil(reading.date, "short", locale)} {reading.date.slice(0, 4)}
            </th>
            <td className="num">{one(reading.rmssdMs)}</td>
            <td className="num">{one(reading.heartRateBpm)}</td>
            <td className="num text-ink-3">{reading.line}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
