import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { Steps } from "@/components/athlete-self/block";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Button, ButtonLink } from "@/components/ui/controls";
import { viewLeaving } from "@/lib/services/own-page/sharing";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.leave"))("title") };
}

export default async function LeavePage() {
  const leaving = await viewLeaving({ ctx: await athleteContext() });
  const t = await getTranslations("me.leave");
  const date = (await getFormatter()).dateTime(leaving.deleteAfter ?? new Date(0), {
    dateStyle: "long",
    timeZone: leaving.timeZone,
  });
  return (
    <OwnMain next="/me/leave">
      <h1>{t("title")}</h1>
      {leaving.stopped ? (
        <p className="text-ink-2 pb-4">{t("stopped", { date })}</p>
      ) : (
        <WhatHappens endsAccess={leaving.endsAccess} />
      )}
      <div className="grid gap-2">
        {leaving.stopped ? null : (
          <form action="/me/stop" method="post">
            <Button kind="primary">{t("stop")}</Button>
          </form>
        )}
        <form action="/me/delete" method="post">
          <Button>{t(leaving.stopped ? "deleteOnly" : "deleteNow")}</Button>
        </form>
        <ButtonLink href="/me" kind="plain">
          {t("back")}
        </ButtonLink>
      </div>
    </OwnMain>
  );
}

async function WhatHappens({ endsAccess }: { endsAccess: boolean }) {
  const t = await getTranslations("me.leave");
  const steps = ["polar", "coach", "keep", "return"] as const;
  return (
    <>
      <p className="text-ink-2 pb-2">{t("lead")}</p>
      <Steps>
        {steps.slice(endsAccess ? 0 : 1).map((step) => (
          <li key={step}>{t(`steps.${step}`)}</li>
        ))}
      </Steps>
    </>
  );
}
