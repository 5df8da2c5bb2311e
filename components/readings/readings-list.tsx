import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { Table } from "@/components/ui/blocks";
import { Confirm } from "@/components/ui/confirm";
import { Button } from "@/components/ui/controls";
import type { ReadingEntry } from "@/lib/services/readings/view";

type ReadingsListProps = {
  athleteId: string;
  entries: readonly ReadingEntry[];
  /** Absent for those who may only read. */
  remove?: ((form: FormData) => Promise<void>) | undefined;
};

/** Stored readings, the latest first, with where each came from. */
export function ReadingsList({ athleteId, entries, remove }: ReadingsListProps) {
  const t = useTranslations("readings");
  const headings = ["rmssdMs", "heartRateBpm", "sdnnMs", "accepted"] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
    <section className="max-h-160 overflow-auto" aria-label={t("list.caption")} tabIndex={0}>
      <Table caption={t("list.caption")}>
        <thead>
          <tr>
            <th scope="col">{t("column.date")}</th>
            {headings.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col">{t("list.origin")}</th>
            {remove ? <th scope="col">{t("list.act")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <ReadingRow
              key={`${entry.date}-${entry.origin}`}
              athleteId={athleteId}
              entry={entry}
              remove={remove}
            />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

type RowProps = Pick<ReadingsListProps, "athleteId" | "remove"> & { entry: ReadingEntry };

function ReadingRow({ athleteId, entry, remove }: RowProps) {
  const t = useTranslations("readings");
  const locale = useLocale();
  const one = (value: number | null) => (value === null ? "–" : whole(value));
  const share = entry.acceptedShare === null ? "–" : `${Math.round(entry.acceptedShare * 100)} %`;
  const day = civil(entry.date, "short", locale);
  return (
    <tr className={entry.quality === "rejected" ? "text-ink-3" : undefined}>
      <th scope="row" className="whitespace-nowrap">
        {day}
      </th>
      <td className="num">{whole(entry.rmssdMs)}</td>
      <td className="num">{one(entry.heartRateBpm)}</td>
      <td className="num">{one(entry.sdnnMs)}</td>
      <td className="num">{share}</td>
      <td>
        {t(`origin.${entry.origin}`)}
        {entry.quality === "poor" || entry.quality === "rejected"
          ? ` · ${t(`quality.${entry.quality}`)}`
          : ""}
      </td>
      {remove ? (
        <td>
          {entry.origin === "rr-session" ? null : (
            <Confirm word={t("list.remove")} label={t("list.removeOf", { day })} text={t("list.removeText")}>
              <form action={remove}>
                <input type="hidden" name="athleteId" value={athleteId} />
                <input type="hidden" name="date" value={entry.date} />
                <input type="hidden" name="origin" value={entry.origin} />
                <Button size="small" aria-label={t("list.removeNowOf", { day })}>
                  {t("list.removeNow")}
                </Button>
              </form>
            </Confirm>
          )}
        </td>
      ) : null}
    </tr>
  );
}
