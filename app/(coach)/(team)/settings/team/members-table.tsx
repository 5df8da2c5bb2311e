import { useTranslations } from "next-intl";
import { Confirm } from "@/components/ui/confirm";
import { Button, Select } from "@/components/ui/controls";
import { ROLES } from "@/lib/context";
import type { TeamView } from "@/lib/services/team/members";

type Props = Pick<TeamView, "members" | "you"> & { mayChange: boolean };

/** Everybody on the team; owners change roles and remove, each with a form of its own. */
export function MembersTable({ members, you, mayChange }: Props) {
  const t = useTranslations("auth.team");
  return (
    <section aria-labelledby="members">
      <h2 id="members" className="pb-2">
        {t("members")}
      </h2>
      <ul className="grid gap-px">
        {members.map((member) => (
          <li key={member.userId} className="flex flex-wrap items-center gap-3 border-line border-t py-2">
            <span className="min-w-50 flex-1">
              <span className="font-medium">{member.name ?? member.email}</span>{" "}
              {member.userId === you.userId ? <span className="text-ink-3">({t("you")})</span> : null}
              <span className="text-ink-3 block">{member.email}</span>
            </span>
            {mayChange ? <RoleForm member={member} /> : <span>{t(`roles.${member.role}`)}</span>}
            {mayChange ? <RemoveForm member={member} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Member = TeamView["members"][number];

function RoleForm({ member }: { member: Member }) {
  const t = useTranslations("auth.team");
  const name = member.name ?? member.email;
  return (
    <form action="/settings/team/role" method="post" className="flex gap-2">
      <input type="hidden" name="userId" value={member.userId} />
      <Select name="role" defaultValue={member.role} aria-label={t("roleOf", { name })}>
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </Select>
      <Button aria-label={t("changeNamed", { name })}>{t("change")}</Button>
    </form>
  );
}

function RemoveForm({ member }: { member: Member }) {
  const t = useTranslations("auth.team");
  const name = member.name ?? member.email;
  return (
    <Confirm word={t("remove")} label={t("removeNamed", { name })} text={t("removeText")}>
      <form action="/settings/team/remove" method="post">
        <input type="hidden" name="userId" value={member.userId} />
        <Button aria-label={t("removeNowNamed", { name })}>{t("removeNow")}</Button>
      </form>
    </Confirm>
  );
}
