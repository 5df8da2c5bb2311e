import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { Steps } from "@/components/athlete-self/block";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Button, ButtonLink } from "@/components/ui/button";
import { requireOwn } from "@/lib/services/access/require";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.leave"))("title") };
}

export default async function LeavePage() {
  const { athlete, squad } = await requireOwn(await athleteContext(), "own-page.view");
  const t = await getTranslations("me.leave");
  const date = (await getFormatter()).dateTime(athlete.deleteAfter ?? new Date(0), {
    dateStyle: "long",
    timeZone: squad.timeZone,
  });
  return (
    <OwnMain next="/me/leave">
      <h1>{t("title")}</h1>
      {athlete.stoppedAt ? <p className="text-ink-2 pb-4">{t("stopped", { date })}</p> : <WhatHappens />}
      <div className="grid gap-2">
        {athlete.stoppedAt ? null : (
          <form action="/me/stop" method="post">
            <Button kind="primary">{t("stop")}</Button>
          </form>
        )}
        <form action="/me/delete" method="post">
          <Button>{t(athlete.stoppedAt ? "deleteOnly" : "deleteNow")}</Button>
        </form>
        <ButtonLink href="/me" kind="plain">
          {t("back")}
        </ButtonLink>
      </div>
    </OwnMain>
  );
}

async function WhatHappens() {
  const t = await getTranslations("me.leave");
  return (
    <>
      <p className="text-ink-2 pb-2">{t("lead")}</p>
      <Steps>
        {(["polar", "coach", "keep", "return"] as const).map((step) => (
          <li key={step}>{t(`steps.${step}`)}</li>
        ))}
      </Steps>
    </>
  );
}
