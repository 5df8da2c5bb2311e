import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReadingsView } from "@/lib/services/readings/view";

/** How far the athlete's morning series is, on the athlete page. */
export function ReadingsCard({ view }: { view: ReadingsView }) {
  const t = useTranslations("readings.card");
  return (
    <section className="card" aria-labelledby="readings-title">
      <h2 id="readings-title">{t("title")}</h2>
      <p className="soft">{t("standing", view.standing)}</p>
      <p className="pt-2">
        <Link className="link" href={`/athletes/${view.athlete.id}/readings`} prefetch={false}>
          {t("open")}
        </Link>
      </p>
    </section>
  );
}
