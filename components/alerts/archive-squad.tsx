import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";

type ArchiveSquadProps = {
  squad: { id: string; name: string };
  /** Absent for those who may not. */
  archive: ((form: FormData) => Promise<void>) | undefined;
};

/** Putting a squad away takes two presses. */
export function ArchiveSquad({ squad, archive }: ArchiveSquadProps) {
  const t = useTranslations("alerts.settings.archive");
  return (
    <Card pad="even" title={t("title")}>
      <p className="text-ink-2 pb-2">{t("text")}</p>
      {archive ? (
        <details>
          <summary className="link inline-flex min-h-(--target) items-center">
            {t("open", { squad: squad.name })}
          </summary>
          <form action={archive} className="pt-2">
            <input type="hidden" name="squadId" value={squad.id} />
            <Button type="submit">{t("confirm")}</Button>
          </form>
        </details>
      ) : (
        <p className="text-ink-3">{t("owner")}</p>
      )}
    </Card>
  );
}
