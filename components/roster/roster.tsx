import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, Sub } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";
import type { RosterEntry } from "@/lib/services/athletes/manage";
import { ChangeForm } from "./change-form.client";
import type { ChangeState } from "./change-state";

export type RosterActions = {
  change: (before: ChangeState, form: FormData) => Promise<ChangeState>;
  remove: (form: FormData) => Promise<void>;
};

type RosterProps = {
  roster: readonly RosterEntry[];
  squadId: string;
  squads: readonly { id: string; name: string }[];
  /** Absent for those who may only read. */
  act?: RosterActions | undefined;
};

/** The connected athletes: rename, group, move to another squad, take off the team. */
export function Roster({ roster, squadId, squads, act }: RosterProps) {
  const t = useTranslations("squad.roster");
  const status = useTranslations("connections.status");
  return (
    <Card title={t("title", { n: roster.length })} titleId="roster-title">
      {roster.length === 0 ? <p className="text-ink-3">{t("nobody")}</p> : null}
      <ul className="[&>li]:grid [&>li]:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto] [&>li]:items-center [&>li]:gap-x-3 [&>li]:gap-y-1.5 [&>li]:border-line [&>li]:border-b [&>li]:py-2 [&>li]:text-cell phone:[&>li]:grid-cols-[minmax(0,1fr)_auto] phone:[&>li]:text-[0.875rem] phone:[&>li]:leading-[1.1875rem]">
        {roster.map((entry) => (
          <li key={entry.athleteId}>
            <span>
              <Link className="link" href={`/athletes/${entry.athleteId}`} prefetch={false}>
                <b className="font-[550] text-[0.8125rem] phone:text-[0.9375rem]">{entry.name}</b>
              </Link>
              <Sub className="wrap-anywhere">{entry.email}</Sub>
              {entry.proposedEmail ? (
                <Sub className="wrap-anywhere">{t("proposed", { address: entry.proposedEmail })}</Sub>
              ) : null}
            </span>
            <span className="text-ink-2 phone:col-start-1 phone:empty:hidden">{entry.groupName}</span>
            <span
              className={
                entry.status === "active"
                  ? "text-ink-3 phone:hidden"
                  : "font-semibold text-ink phone:col-start-1"
              }
            >
              {status(entry.status)}
            </span>
            {act ? (
              <ChangeForm entry={entry} squadId={squadId} squads={squads} change={act.change}>
                <RemoveForm entry={entry} squadId={squadId} remove={act.remove} />
              </ChangeForm>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type RemoveProps = { entry: RosterEntry; squadId: string; remove: RosterActions["remove"] };

function RemoveForm({ entry, squadId, remove }: RemoveProps) {
  const t = useTranslations("squad.roster");
  return (
    <details>
      <summary className="link">{t("remove")}</summary>
      <form action={remove} className="grid justify-items-start gap-2 py-2">
        <input type="hidden" name="athleteId" value={entry.athleteId} />
        <input type="hidden" name="fromSquadId" value={squadId} />
        <p className="text-cell text-ink-3">{t("removeText", { name: entry.name })}</p>
        <Button type="submit">{t("removeNow", { name: entry.name })}</Button>
      </form>
    </details>
  );
}
