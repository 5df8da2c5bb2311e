import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { ConsentView } from "@/components/athlete-self/consent-view";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Notice } from "@/components/ui/blocks";
import { ButtonLink } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { previewConsent } from "@/lib/services/invitations/answer";

type Props = { params: Promise<{ squadId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.invite.preview"))("title") };
}

/** For coaches: the invitation as an athlete sees it, with nothing to press. */
export default async function InvitationPreviewPage({ params }: Props) {
  const { squadId } = await params;
  const { squadName, text } = await read(squadId);
  const t = await getTranslations("me.invite.preview");
  return (
    <OwnMain next={`/invite/preview/${squadId}`} home="/squads">
      <div className="grid gap-3 pt-4">
        <Notice role="note">{t("lead", { squad: squadName })}</Notice>
        <ButtonLink href={`/squads/${squadId}`}>{t("back")}</ButtonLink>
      </div>
      <ConsentView text={text} />
    </OwnMain>
  );
}

async function read(squadId: string) {
  try {
    return await previewConsent({ ctx: await coachContext(), input: { squadId, locale: await getLocale() } });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
