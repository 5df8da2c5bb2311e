"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/controls";
import { CopyLink } from "./copy-link";
import type { InviteState } from "./states";

type SendAgainProps = {
  squadId: string;
  athleteId: string;
  name: string;
  email: string | null;
  resend: (before: InviteState, form: FormData) => Promise<InviteState>;
};

/** A new link for an athlete who did not come; the old one ends. */
export function SendAgain({ squadId, athleteId, name, email, resend }: SendAgainProps) {
  const t = useTranslations("squad.invite");
  const [state, action, pending] = useActionState(resend, { kind: "idle" });
  return (
    <form action={action} className="grid justify-items-start gap-1.5">
      <input type="hidden" name="squadId" value={squadId} />
      <input type="hidden" name="athleteId" value={athleteId} />
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="email" value={email ?? ""} />
      <Button type="submit" size="small" disabled={pending} aria-label={t("againOf", { name })}>
        {email ? t("again") : t("newLink")}
      </Button>
      <div aria-live="polite">
        {state.kind === "invited" ? <CopyLink link={state.link} name={name} /> : null}
        {state.kind === "refused" ? <span role="alert">{t(`code.${state.code}`)}</span> : null}
      </div>
    </form>
  );
}
