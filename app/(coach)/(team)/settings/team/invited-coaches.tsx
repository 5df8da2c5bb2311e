import { useTranslations } from "next-intl";
import { Confirm } from "@/components/ui/confirm";
import { Button } from "@/components/ui/controls";
import type { Role } from "@/lib/context";

type Invited = { email: string; role: Role; until: string };

/** Coaches who were invited and have not come yet. */
export function InvitedCoaches({ invited, mayWithdraw }: { invited: Invited[]; mayWithdraw: boolean }) {
  const t = useTranslations("auth.team");
  return (
    <section aria-labelledby="invited">
      <h2 id="invited" className="pb-2">
        {t("waiting")}
      </h2>
      <ul>
        {invited.map((one) => (
          <li key={one.email} className="flex flex-wrap items-center gap-3 border-line border-t py-2">
            <span className="min-w-50 flex-1">
              {one.email}
              <span className="text-ink-3 block">
                {t(`roles.${one.role}`)}, {t("until", { date: one.until })}
              </span>
            </span>
            {mayWithdraw ? (
              <Confirm word={t("withdraw")} label={t("withdrawNamed", { name: one.email })}>
                <form action="/settings/team/withdraw" method="post">
                  <input type="hidden" name="email" value={one.email} />
                  <Button aria-label={t("withdrawNowNamed", { name: one.email })}>{t("withdrawNow")}</Button>
                </form>
              </Confirm>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
