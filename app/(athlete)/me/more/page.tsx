import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { ConsentView } from "@/components/athlete-self/consent-view";
import { Answers, OwnMain } from "@/components/athlete-self/own-main";
import { Say } from "@/components/athlete-self/say";
import { Button } from "@/components/ui/controls";
import { viewWidening } from "@/lib/services/consents/widening";

type Props = { searchParams: Promise<{ say?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.more"))("title") };
}

export default async function MorePage({ searchParams }: Props) {
  const { say } = await searchParams;
  const asked = await viewWidening({ ctx: await athleteContext(), input: { locale: await getLocale() } });
  if (!asked) redirect("/me");
  const t = await getTranslations("me.more");
  return (
    <OwnMain next="/me/more">
      <Say what={say} />
      <ConsentView text={asked.text} />
      <form action="/me/more/agree" method="post" id="agree">
        <input type="hidden" name="textVersion" value={asked.textVersion} />
      </form>
      <Answers>
        <Button kind="primary" form="agree">
          {t("agree")}
        </Button>
        <form action="/me/more/refuse" method="post">
          <Button>{t("refuse")}</Button>
        </form>
      </Answers>
    </OwnMain>
  );
}
