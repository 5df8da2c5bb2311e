import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { Steps } from "@/components/athlete-self/block";
import { Gaps } from "@/components/athlete-self/gaps";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Button, ButtonLink } from "@/components/ui/controls";
import { viewPause } from "@/lib/services/own-page/sharing";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.pause"))("title") };
}

export default async function PausePage() {
  const pause = await viewPause({ ctx: await athleteContext(), input: {} });
  if (pause.stopped) redirect("/me");
  const t = await getTranslations("me.pause");
  const { pausedAt, timeZone } = pause;
  return (
    <OwnMain next="/me/pause">
      <h1>{t(pausedAt ? "titlePaused" : "title")}</h1>
      {pausedAt ? (
        <>
          <p className="text-ink-2 pb-2">
            {t("since", {
              when: (await getFormatter()).dateTime(pausedAt, {
                dateStyle: "long",
                timeStyle: "short",
                timeZone,
              }),
            })}
          </p>
          <Gaps gaps={pause.gaps} tense="would" />
        </>
      ) : (
        <WhatHappens />
      )}
      <div className="grid gap-2 pt-2">
        <form action={pausedAt ? "/me/pause/end" : "/me/pause/start"} method="post">
          <Button kind="primary">{t(pausedAt ? "end" : "start")}</Button>
        </form>
        <ButtonLink href="/me" kind="plain">
          {t("back")}
        </ButtonLink>
      </div>
    </OwnMain>
  );
}

async function WhatHappens() {
  const t = await getTranslations("me.pause");
  return (
    <>
      <p className="text-ink-2 pb-2">{t("lead")}</p>
      <Steps>
        {(["polar", "coach", "consent", "return", "stop"] as const).map((step) => (
          <li key={step}>{t(`steps.${step}`)}</li>
        ))}
      </Steps>
    </>
  );
}
