"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Button, ButtonSummary, SelectField, TextField } from "@/components/ui/controls";
import type { ChangeState } from "./change-state";

type ChangeFormProps = {
  entry: { athleteId: string; name: string; email: string | null; groupName: string | null };
  squadId: string;
  squads: readonly { id: string; name: string }[];
  change: (before: ChangeState, form: FormData) => Promise<ChangeState>;
  /** What else can be done with the athlete. */
  children: ReactNode;
};

/** Name, address, group and squad of an athlete; what is refused stays as it was typed, with what is wrong beside it. */
export function ChangeForm({ entry, squadId, squads, change, children }: ChangeFormProps) {
  const t = useTranslations("squad.roster");
  const errors = useTranslations("errors");
  const [state, action, pending] = useActionState(change, { kind: "idle" });
  const refused = state.kind === "refused" ? state : null;
  const shown = refused?.entered ?? {
    name: entry.name,
    email: entry.email ?? "",
    groupName: entry.groupName ?? "",
    squadId,
  };
  const id = (field: string) => `${field}-${entry.athleteId}`;
  return (
    <details
      className="open:col-span-full open:max-w-[560px] phone:not-open:col-start-2 phone:not-open:row-start-1"
      open={refused ? true : undefined}
    >
      <ButtonSummary size="small" aria-label={t("changeOf", { name: entry.name })}>
        {t("change")}
      </ButtonSummary>
      <form action={action} className="grid gap-3 py-3">
        <input type="hidden" name="athleteId" value={entry.athleteId} />
        <input type="hidden" name="fromSquadId" value={squadId} />
        <TextField
          id={id("name")}
          name="name"
          label={t("name")}
          required
          maxLength={80}
          defaultValue={shown.name}
          problem={refused?.field === "name" ? t("badName") : undefined}
        />
        <TextField
          id={id("email")}
          name="email"
          type="email"
          label={t("email")}
          hint={t("emailHint")}
          defaultValue={shown.email}
          problem={refused?.field === "email" ? errors("address") : undefined}
        />
        <TextField
          id={id("group")}
          name="groupName"
          label={t("group")}
          hint={t("groupHint")}
          maxLength={40}
          defaultValue={shown.groupName}
          problem={refused?.field === "groupName" ? t("badGroup") : undefined}
        />
        <SelectField
          key={shown.squadId}
          id={id("squad")}
          name="squadId"
          label={t("squad")}
          hint={t("squadHint")}
          defaultValue={shown.squadId}
        >
          {squads.map((squad) => (
            <option key={squad.id} value={squad.id}>
              {squad.name}
            </option>
          ))}
        </SelectField>
        {refused?.field === null ? <p role="alert">{t("refused")}</p> : null}
        <div>
          <Button type="submit" disabled={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
      {children}
    </details>
  );
}
