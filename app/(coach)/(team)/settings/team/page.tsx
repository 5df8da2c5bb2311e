import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Notice } from "@/components/ui/blocks";
import { can } from "@/lib/context";
import { viewTeam } from "@/lib/services/team/members";
import { InviteCoach } from "./invite-coach";
import { InvitedCoaches } from "./invited-coaches";
import { MembersTable } from "./members-table";

type Props = { searchParams: Promise<{ say?: string }> };

const good = ["invited", "changed", "removed", "withdrawn"];
const bad = ["last-owner", "already-there", "refused"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.team"))("title") };
}

export default async function TeamPage({ searchParams }: Props) {
  const { say = "" } = await searchParams;
  const ctx = await coachContext();
  const team = await viewTeam({ ctx });
  const t = await getTranslations("auth.team");
  const format = await getFormatter();
  const invited = team.invited.map(({ expiresAt, ...one }) => ({
    ...one,
    until: format.dateTime(expiresAt, { day: "numeric", month: "long" }),
  }));
  const mayChange = can(ctx.actor, "coaches.change");
  const mayInvite = can(ctx.actor, "coaches.invite");
  return (
    <div className="grid max-w-[800px] gap-6 px-(--margin) py-8">
      <div>
        <h1>{t("title")}</h1>
        <p className="mt-1 text-ink-2">{t("lead", { team: team.name })}</p>
      </div>
      {good.includes(say) ? <Notice>{t(`say.${say}`)}</Notice> : null}
      {bad.includes(say) ? <Notice role="alert">{t(`say.${say}`)}</Notice> : null}
      <MembersTable members={team.members} you={team.you} mayChange={mayChange} />
      {invited.length > 0 ? <InvitedCoaches invited={invited} mayWithdraw={mayInvite} /> : null}
      {mayInvite ? <InviteCoach refused={say === "bad-email"} /> : null}
    </div>
  );
}
