import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { AddressForms } from "@/components/athlete-self/address";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Say } from "@/components/athlete-self/say";
import { ButtonLink } from "@/components/ui/controls";
import { mustSignInAgain, viewAddress } from "@/lib/services/own-page/address";

type Props = { searchParams: Promise<{ say?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.address"))("title") };
}

export default async function AddressPage({ searchParams }: Props) {
  const { say } = await searchParams;
  const ctx = await athleteContext();
  const address = await viewAddress({ ctx });
  const t = await getTranslations("me.address");
  return (
    <OwnMain next="/me/address">
      <Say what={say} />
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-3">{t("lead")}</p>
      <AddressForms address={address} signInAgain={mustSignInAgain(ctx)} refused={say === "bad-email"} />
      <p className="pt-3">
        <ButtonLink href="/me" kind="plain">
          {t("back")}
        </ButtonLink>
      </p>
    </OwnMain>
  );
}
