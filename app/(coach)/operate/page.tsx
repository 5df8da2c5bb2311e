import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { BudgetCard } from "@/components/operate/budget-card";
import { JobsCard } from "@/components/operate/jobs-card";
import { MailsCard } from "@/components/operate/mails-card";
import { MorningsCard } from "@/components/operate/mornings-card";
import { QuarantineCard } from "@/components/operate/quarantine-card";
import { Said } from "@/components/operate/said";
import { StreamsCard } from "@/components/operate/streams-card";
import { WebhookCard } from "@/components/operate/webhook-card";
import { Foot } from "@/components/shell/foot";
import { PageTitle } from "@/components/ui/page-title";
import { AppError } from "@/lib/errors";
import { viewOperation } from "@/lib/services/operation/view";
import { CoachHeader } from "../coach-header";
import { giveUp, readAgain, repairWebhook, retrySync, sendAgain, settleJob } from "./actions";

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

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
  const view = await viewOperation({ ctx, input: { mails } }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "forbidden") notFound();
    throw error;
  });
  const nowMs = ctx.now.getTime();
  return (
    <>
      <CoachHeader path="/operate" />
      <main id="content" className="main">
        <PageTitle title={t("title")} lead={<b>{t("needs", { n: view.needs })}</b>} />
        <Said said={said} />
        <div className="operate">
          <StreamsCard view={view} act={{ retrySync, giveUp }} />
          <MorningsCard view={view} />
          <QuarantineCard view={view} readAgain={readAgain} />
          {view.operation ? (
            <div className="operate-pair">
              <WebhookCard view={view} repair={repairWebhook} />
              <BudgetCard view={view} nowMs={nowMs} />
            </div>
          ) : null}
          <div className="operate-pair operate-pair-wide">
            <JobsCard view={view} settle={settleJob} nowMs={nowMs} />
            <MailsCard view={view} sendAgain={sendAgain} shown={mails} />
          </div>
        </div>
        <Foot />
      </main>
    </>
  );
}
