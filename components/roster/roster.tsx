import Link from "next/link";
import { useTranslations } from "next-intl";
import { SelectField, TextField } from "@/components/ui/field";
import type { RosterEntry } from "@/lib/services/athletes/manage";

type Act = (form: FormData) => Promise<void>;
export type RosterActions = { change: Act; remove: Act };

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
            {act ? <EntryForms entry={entry} squadId={squadId} squads={squads} act={act} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type FormsProps = Omit<RosterProps, "roster" | "act"> & { entry: RosterEntry; act: RosterActions };

function EntryForms({ entry, squadId, squads, act }: FormsProps) {
  const t = useTranslations("squad.roster");
  const id = (field: string) => `${field}-${entry.athleteId}`;
  return (
    <details className="roster-details">
      <summary className="button button-small" aria-label={t("changeOf", { name: entry.name })}>
        {t("change")}
      </summary>
      <form action={act.change} className="grid gap-3 py-3">
        <input type="hidden" name="athleteId" value={entry.athleteId} />
        <input type="hidden" name="fromSquadId" value={squadId} />
        <TextField
          id={id("name")}
          name="name"
          label={t("name")}
          required
          maxLength={80}
          defaultValue={entry.name}
        />
        <TextField
          id={id("email")}
          name="email"
          type="email"
          label={t("email")}
          hint={t("emailHint")}
          defaultValue={entry.email ?? ""}
        />
        <TextField
          id={id("group")}
          name="groupName"
          label={t("group")}
          hint={t("groupHint")}
          maxLength={40}
          defaultValue={entry.groupName ?? ""}
        />
        <SelectField
          id={id("squad")}
          name="squadId"
          label={t("squad")}
          hint={t("squadHint")}
          defaultValue={squadId}
        >
          {squads.map((squad) => (
            <option key={squad.id} value={squad.id}>
              {squad.name}
            </option>
          ))}
        </SelectField>
        <div>
          <button type="submit" className="button">
            {t("save")}
          </button>
        </div>
      </form>
      <details>
        <summary className="link">{t("remove")}</summary>
        <form action={act.remove} className="grid justify-items-start gap-2 py-2">
          <input type="hidden" name="athleteId" value={entry.athleteId} />
          <input type="hidden" name="fromSquadId" value={squadId} />
          <p className="field-hint">{t("removeText", { name: entry.name })}</p>
          <button type="submit" className="button">
            {t("removeNow", { name: entry.name })}
          </button>
        </form>
      </details>
    </details>
  );
}
