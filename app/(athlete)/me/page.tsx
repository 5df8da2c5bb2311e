import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { ProposedAddress } from "@/components/athlete-self/address";
import { AsksForMore } from "@/components/athlete-self/asks-for-more";
import { Block } from "@/components/athlete-self/block";
import { CheckInForm } from "@/components/athlete-self/check-in-form";
import { LooksBlock } from "@/components/athlete-self/looks-list";
import { OwnChoice } from "@/components/athlete-self/own-choice";
import { OwnLevel } from "@/components/athlete-self/own-level";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Say } from "@/components/athlete-self/say";
import { SharingBlock } from "@/components/athlete-self/sharing-block";
import { Trend } from "@/components/athlete-self/trend";
import { civil } from "@/components/format/dates";
import { viewOwnPage } from "@/lib/services/own-page/view";
import { waitInWords } from "./wait-in-words";

type Props = { searchParams: Promise<{ say?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.page"))("title") };
}

export default async function OwnPage({ searchParams }: Props) {
  const { say } = await searchParams;
  const page = await viewOwnPage({ ctx: await athleteContext(), input: { locale: await getLocale() } });
  const t = await getTranslations("me");
  const stopped = page.sharing.state === "stopped";
  return (
    <OwnMain next="/me">
      <Say what={say} />
      <p className="text-ink-3 pt-4">
        {page.athleteName} · {civil(page.today, "short", await getLocale())}
      </p>
      {stopped ? (
        <h1>{t("page.title")}</h1>
      ) : (
        <>
          <h1>{t("checkIn.title")}</h1>
          <CheckInForm checkIn={page.checkIn} />
        </>
      )}
      <p className="pt-3 pb-4">
        <Link className="link" href="/me/check-ins">
          {t("checkIn.sentBefore")}
        </Link>
      </p>
      <ProposedAddress address={page.address} />
      <AsksForMore lines={page.asksFor} squad={page.squadName} />
      <SharingBlock page={page} wait={await waitInWords(page.firstSyncWait)} />
      <LooksBlock looks={page.looks} timeZone={page.timeZone} />
      {stopped ? null : <OwnLevel level={page.level} today={page.today} kept={page.levelKept} />}
      <Block title={t("page.trend")}>
        <Trend nights={page.trend} />
      </Block>
      <OwnChoice page={page} />
    </OwnMain>
  );
}
