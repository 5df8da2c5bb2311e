"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button, TextField } from "@/components/ui/controls";
import type { InviteState } from "./states";

type ReaddressProps = {
  squadId: string;
  athleteId: string;
  name: string;
  email: string | null;
  readdress: (before: InviteState, form: FormData) => Promise<InviteState>;
};

/** A mistyped address, put right as long as nobody has connected by it. */
export function Readdress({ squadId, athleteId, name, email, readdress }: ReaddressProps) {
  const t = useTranslations("squad.invite");
  const errors = useTranslations("errors");
  const [state, action, pending] = useActionState(readdress, { kind: "idle" });
  const refused = state.kind === "refused" ? state : null;
  return (
    <details open={refused ? true : undefined}>
      <summary className="link" aria-label={t("readdressOf", { name })}>
        {t("readdress")}
      </summary>
      <form action={action} className="grid gap-2 py-2">
        <input type="hidden" name="squadId" value={squadId} />
        <input type="hidden" name="athleteId" value={athleteId} />
        <TextField
          id={`address-${athleteId}`}
          name="email"
          type="email"
          label={t("email")}
          hint={t("readdressHint")}
          defaultValue={refused?.email ?? email ?? ""}
          required
          problem={refused?.field === "email" ? errors("address") : undefined}
        />
        {refused && refused.field !== "email" ? <p role="alert">{t(`code.${refused.code}`)}</p> : null}
        <div>
          <Button type="submit" size="small" disabled={pending}>
            {t("readdressSave")}
          </Button>
        </div>
      </form>
    </details>
  );
}
