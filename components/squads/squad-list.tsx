import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { SquadSummary } from "@/lib/services/squads/manage";

/** The team's squads in use, each with the way to its morning, its athletes and its settings. */
export function SquadList({ squads }: { squads: readonly SquadSummary[] }) {
  const t = useTranslations("squad.squads");
  const preset = useTranslations("squad.squads.preset");
  return (
    <ul className="squad-list">
      {squads.map(({ id, name, athleteCount, waitingCount, timeZone, preset: chosen }) => (
        <Card key={id} as="li">
          <Link href={`/squads/${id}`} className="squad-list-name">
            {name}
          </Link>
          <span className="squad-list-facts">
            <span>{t("count", { n: athleteCount })}</span>
            {waitingCount > 0 ? <span>{t("waiting", { n: waitingCount })}</span> : null}
            <span>{preset(`${chosen}.name`)}</span>
            <span className="text-ink-3">{timeZone.replaceAll("_", " ")}</span>
          </span>
          <span className="squad-list-ways">
            <Link
              className="link"
              href={`/squads/${id}/athletes`}
              prefetch={false}
              aria-label={t("athletesOf", { name })}
            >
              {t("athletes")}
            </Link>
            <Link
              className="link"
              href={`/squads/${id}/settings`}
              prefetch={false}
              aria-label={t("settingsOf", { name })}
            >
              {t("settings")}
            </Link>
          </span>
        </Card>
      ))}
    </ul>
  );
}
