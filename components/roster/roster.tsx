import Link from "next/link";
import { useTranslations } from "next-intl";
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
    <section className="card" aria-labelledby="roster-title">
      <h2 id="roster-title">{t("title", { n: roster.length })}</h2>
      {roster.length === 0 ? <p className="quiet">{t("nobody")}</p> : null}
      <ul className="waiting">
        {roster.map((entry) => (
          <li key={entry.athleteId} className="roster-entry">
            <span>
              <Link className="link" href={`/athletes/${entry.athleteId}`} prefetch={false}>
                <b>{entry.name}</b>
              </Link>
              <span className="sub wrap-anywhere">{entry.email}</span>
              {entry.proposedEmail ? (
                <span className="sub wrap-anywhere">{t("proposed", { address: entry.proposedEmail })}</span>
              ) : null}
            </span>
            <span className="roster-group soft">{entry.groupName}</span>
            <span className={entry.status === "active" ? "roster-status quiet" : "roster-status strong"}>
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
    </section>
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
        <p className="field-hint">{t("removeText", { name: entry.name })}</p>
        <button type="submit" className="button">
          {t("removeNow", { name: entry.name })}
        </button>
      </form>
    </details>
  );
}
