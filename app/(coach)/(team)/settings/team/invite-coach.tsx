import { useTranslations } from "next-intl";
import { Button, SelectField, TextField } from "@/components/ui/controls";
import { ROLES } from "@/lib/context";

/** The form that invites somebody to the team by mail. */
export function InviteCoach({ refused }: { refused: boolean }) {
  const t = useTranslations("auth");
  const errors = useTranslations("errors");
  return (
    <section aria-labelledby="invite" className="grid max-w-100 gap-3">
      <h2 id="invite">{t("team.invite.title")}</h2>
      <form action="/settings/team/invite" method="post" className="grid gap-3">
        <TextField
          id="email"
          name="email"
          type="email"
          label={t("email")}
          hint={t("team.invite.hint")}
          autoComplete="off"
          required
          problem={refused ? errors("address") : undefined}
        />
        <SelectField id="role" name="role" label={t("team.role")} defaultValue="coach">
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`team.roles.${role}`)}: {t(`team.roleHints.${role}`)}
            </option>
          ))}
        </SelectField>
        <Button kind="primary">{t("team.invite.button")}</Button>
      </form>
    </section>
  );
}
