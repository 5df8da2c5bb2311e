import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Pager, pageOf } from "@/components/athlete-self/pager";
import { SentCheckIns } from "@/components/athlete-self/sent-check-ins";
import { ButtonLink } from "@/components/ui/controls";
import { CHECK_INS_PER_PAGE, listOwnCheckIns } from "@/lib/services/check-ins/save";

type Props = { searchParams: Promise<{ page?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.checkIns"))("title") };
}

export default async function CheckInsPage({ searchParams }: Props) {
  const asked = pageOf((await searchParams).page);
  const { sent, page, total } = await listOwnCheckIns({
    ctx: await athleteContext(),
    input: { page: asked },
  });
  const t = await getTranslations("me.checkIns");
  return (
    <OwnMain next="/me/check-ins">
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-3">{t(total === 0 ? "none" : "lead")}</p>
      {sent.length === 0 ? null : <SentCheckIns sent={sent} />}
      <Pager path="/me/check-ins" page={page} perPage={CHECK_INS_PER_PAGE} total={total} label={t("title")} />
      <div className="pt-4">
        <ButtonLink href="/me">{t("back")}</ButtonLink>
      </div>
    </OwnMain>
  );
}
