import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { Entries } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";

type ArchivedSquadsProps = {
  squads: readonly { id: string; name: string; archivedAt: Date | null }[];
  /** Absent for those who may not. */
  restore: ((form: FormData) => Promise<void>) | undefined;
};

/** Squads that were put away, and the way back. */
export function ArchivedSquads({ squads, restore }: ArchivedSquadsProps) {
  const t = useTranslations("squad.squads");
  const locale = useLocale();
  if (squads.length === 0) return null;
  return (
    <section className="px-(--margin) pt-6" aria-labelledby="archived-title">
      <h2 id="archived-title">{t("archived")}</h2>
      <p className="text-ink-2 pt-1">{t("archivedText")}</p>
      <Entries>
        {squads.map(({ id, name, archivedAt }) => (
          <li key={id} className="flex items-center justify-between gap-2">
            <span>
              <b>{name}</b>{" "}
              <span className="text-ink-3">
                {archivedAt
                  ? t("archivedOn", { day: civil(archivedAt.toISOString().slice(0, 10), "short", locale) })
                  : null}
              </span>
            </span>
            {restore ? (
              <form action={restore}>
                <input type="hidden" name="squadId" value={id} />
                <Button type="submit" size="small" aria-label={t("restoreOf", { name })}>
                  {t("restore")}
                </Button>
              </form>
            ) : null}
          </li>
        ))}
      </Entries>
    </section>
  );
}
