import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { LooksList } from "@/components/athlete-self/looks-list";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Pager, pageOf } from "@/components/athlete-self/pager";
import { requireOwn } from "@/lib/services/access/require";
import { LOOKS_PER_PAGE, viewLooks } from "@/lib/services/own-page/export";

type Props = { searchParams: Promise<{ page?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.looks"))("title") };
}

export default async function LooksPage({ searchParams }: Props) {
  const asked = pageOf((await searchParams).page);
  const ctx = await athleteContext();
  const [{ latest, page, total }, { squad }] = await Promise.all([
    viewLooks({ ctx, input: { page: asked } }),
    requireOwn(ctx, "own-page.view"),
  ]);
  const t = await getTranslations("me.looks");
  const none = await getTranslations("me.page");
  return (
    <OwnMain next="/me/looks">
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-3">{t("lead")}</p>
      {total === 0 ? <p>{none("noLooks")}</p> : <LooksList looks={latest} timeZone={squad.timeZone} />}
      <Pager path="/me/looks" page={page} perPage={LOOKS_PER_PAGE} total={total} label={t("title")} />
    </OwnMain>
  );
}
