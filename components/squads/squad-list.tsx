import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
import type { SquadSummary } from "@/lib/services/squads/manage";

/** The team's squads in use, each with the way to its morning, its athletes and its settings. */
export function SquadList({ squads }: { squads: readonly SquadSummary[] }) {
  const t = useTranslations("squad.squads");
  const preset = useTranslations("squad.squads.preset");
  return (
    <ul className="grid gap-2 px-(--margin) pt-4">
      {squads.map(({ id, name, athleteCount, waitingCount, timeZone, preset: chosen }) => (
        // The whole card leads to the squad; the other two ways lie above it.
        <Card
          key={id}
          as="li"
          className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-5 gap-y-0.5 hover:bg-hover phone:grid-cols-1"
        >
          <Link href={`/squads/${id}`} className="text-lead font-semibold after:absolute after:inset-0">
            {name}
          </Link>
          <span className="col-start-1 flex flex-wrap gap-x-3.5 text-ink-2">
            <span>{t("count", { n: athleteCount })}</span>
            {waitingCount > 0 ? <span>{t("waiting", { n: waitingCount })}</span> : null}
            <span>{preset(`${chosen}.name`)}</span>
            <span className="text-ink-3">{timeZone.replaceAll("_", " ")}</span>
          </span>
          <span className="relative col-start-2 row-span-2 row-start-1 flex items-center gap-4 phone:col-start-1 phone:row-auto phone:min-h-10 phone:w-fit">
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
