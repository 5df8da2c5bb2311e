import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { ProposalForm } from "@/components/athlete-self/address";
import { OwnMain } from "@/components/athlete-self/own-main";
import { AppError } from "@/lib/errors";
import { viewAddressLink } from "@/lib/services/own-page/address";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.address"))("title"), robots: { index: false } };
}

export default async function AddressLinkPage({ params }: Props) {
  const { token } = await params;
  const proposal = await read(token);
  if (!proposal) redirect("/me/sign-in?say=link-ended");
  const t = await getTranslations("me.address");
  return (
    <OwnMain next={`/me/address/${token}`} home="/">
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-3">{t("lead")}</p>
      <ProposalForm proposal={proposal} to={`/me/address/${token}/answer`} />
    </OwnMain>
  );
}

async function read(token: string) {
  try {
    return await viewAddressLink({ ctx: await visitorContext(), input: { token } });
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return undefined;
    throw error;
  }
}
