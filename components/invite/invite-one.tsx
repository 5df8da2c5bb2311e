"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CHANGE_FIELDS } from "@/components/roster/change-state";
import { Button, TextField } from "@/components/ui/controls";
import { CopyLink } from "./copy-link";
import { LanguageField, type MailLanguages } from "./language-field";
import type { InviteState } from "./states";

type InviteOneProps = {
  squadId: string;
  languages: MailLanguages;
  invite: (before: InviteState, form: FormData) => Promise<InviteState>;
};

const named = (field: string | null) => CHANGE_FIELDS.some((name) => name === field);

/** Invites one athlete by mail, by link, or both. */
export function InviteOne({ squadId, languages, invite }: InviteOneProps) {
  const t = useTranslations("squad.invite");
  const roster = useTranslations("squad.roster");
  const errors = useTranslations("errors");
  const [state, action, pending] = useActionState(invite, { kind: "idle" });
  const refused = state.kind === "refused" ? state : null;
  return (
    <form action={action} className="grid gap-3" key={state.kind === "invited" ? state.link : "form"}>
      <input type="hidden" name="squadId" value={squadId} />
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <TextField
          id="invite-name"
          name="name"
          label={t("name")}
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={refused?.name}
          problem={refused?.field === "name" ? t("badName") : undefined}
        />
        <TextField
          id="invite-email"
          name="email"
          type="email"
          label={t("email")}
          hint={t("emailHint")}
          autoComplete="off"
          defaultValue={refused?.email}
          problem={refused?.field === "email" ? errors("address") : undefined}
        />
        <TextField
          id="invite-group"
          name="groupName"
          label={t("group")}
          maxLength={40}
          autoComplete="off"
          defaultValue={refused?.groupName}
          problem={refused?.field === "groupName" ? roster("badGroup") : undefined}
        />
        <LanguageField id="invite-language" languages={languages} />
      </div>
      {refused && !named(refused.field) ? <p role="alert">{t(`code.${refused.code}`)}</p> : null}
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" disabled={pending}>
          {t("send")}
        </Button>
      </div>
      <div aria-live="polite">
        {state.kind === "invited" ? (
          <div className="grid gap-2">
            <p>
              {state.email
                ? t("invitedByMail", { name: state.name, email: state.email })
                : t("invitedByLink", { name: state.name })}
            </p>
            <CopyLink link={state.link} name={state.name} />
            <p className="text-cell text-ink-3">{t("linkOnce")}</p>
          </div>
        ) : null}
      </div>
    </form>
  );
}
