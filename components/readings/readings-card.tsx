import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
import type { ReadingsView } from "@/lib/services/readings/view";

/** How far the athlete's morning series is, on the athlete page. */
export function ReadingsCard({ view }: { view: ReadingsView }) {
  const t = useTranslations("readings.card");
  return (
    <Card title={t("title")} titleId="readings-title">
      <p className="text-ink-2">{t("standing", view.standing)}</p>
      <p className="pt-2">
        <Link className="link" href={`/athletes/${view.athlete.id}/readings`} prefetch={false}>
          {t("open")}
        </Link>
      </p>
    </Card>
  );
}
