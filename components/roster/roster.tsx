import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Sub } from "@/components/ui/lists";
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
      <ul className="waiting">
        {roster.map((entry) => (
          <li key={entry.athleteId} className="roster-entry">
            <span>
              <Link className="link" href={`/athletes/${entry.athleteId}`} prefetch={false}>
                <b>{entry.name}</b>
              </Link>
              <Sub className="wrap-anywhere">{entry.email}</Sub>
              {entry.proposedEmail ? (
                <Sub className="wrap-anywhere">{t("proposed", { address: entry.proposedEmail })}</Sub>
              ) : null}
            </span>
            <span className="roster-group text-ink-2">{entry.groupName}</span>
            <span
              className={
                entry.status === "active"
                  ? "roster-status text-ink-3"
                  : "roster-status font-semibold text-ink"
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
