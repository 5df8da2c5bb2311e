import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { BudgetCard } from "@/components/operate/budget-card";
import { JobsCard } from "@/components/operate/jobs-card";
import { MailsCard } from "@/components/operate/mails-card";
import { MorningsCard } from "@/components/operate/mornings-card";
import { Cards, Pair } from "@/components/operate/parts";
import { QuarantineCard } from "@/components/operate/quarantine-card";
import { Said } from "@/components/operate/said";
import { StreamsCard } from "@/components/operate/streams-card";
import { WebhookCard } from "@/components/operate/webhook-card";
import { PageTitle } from "@/components/ui/page-title";
import { viewOperation } from "@/lib/services/operation/view";
import { giveUp, readAgain, repairWebhook, retrySync, sendAgain, settleJob } from "./actions";

type PageProps = { searchParams: Search };

const query = z.object({
  said: z.string().catch(""),
  mails: z.enum(["few", "all"]).catch("few"),
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("operate"))("title") };
}

export default async function OperatePage({ searchParams }: PageProps) {
  const { said, mails } = query.parse(await searchParams);
  const ctx = await coachContext();
  const t = await getTranslations("operate");
  const view = await viewOperation({ ctx, input: { mails } }).catch(nearestPage);
  const nowMs = ctx.now.getTime();
  return (
    <>
      <PageTitle title={t("title")} lead={<b>{t("needs", { n: view.needs })}</b>} />
      <Said said={said} />
      <Cards>
        <StreamsCard view={view} act={{ retrySync, giveUp }} />
        <MorningsCard view={view} />
        <QuarantineCard view={view} readAgain={readAgain} />
        {view.operation ? (
          <Pair until="phone">
            <WebhookCard view={view} repair={repairWebhook} />
            <BudgetCard view={view} nowMs={nowMs} />
          </Pair>
        ) : null}
        <Pair until="narrow">
          <JobsCard view={view} settle={settleJob} nowMs={nowMs} />
          <MailsCard view={view} sendAgain={sendAgain} shown={mails} />
        </Pair>
      </Cards>
    </>
  );
}
