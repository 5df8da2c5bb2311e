import type { Metadata } from "next";
import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { OwnMain } from "@/components/athlete-self/own-main";
import { viewConsent } from "@/lib/services/consents/widening";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.shared"))("title") };
}

export default async function SharedPage() {
  const { consent, timeZone, asksForMore } = await viewConsent({ ctx: await athleteContext() });
  const t = await getTranslations("me.shared");
  const format = await getFormatter();
  return (
    <OwnMain next="/me/shared">
      <h1>{t("title")}</h1>
      {consent ? (
        <>
          <p className="text-ink-2">
            {t("lead", {
              date: format.dateTime(consent.acceptedAt, { dateStyle: "long", timeStyle: "short", timeZone }),
              version: consent.textVersion,
            })}
          </p>
          <p className="py-3">{t(`choice.${consent.history}`)}</p>
          {asksForMore ? (
            <p className="pb-3">
              <Link className="link" href="/me/more">
                {t("more")}
              </Link>
            </p>
          ) : null}
          <div className="whitespace-pre-line border-line border-t py-3.5 text-ink-2" lang={consent.locale}>
            {consent.text}
          </div>
        </>
      ) : (
        <p className="text-ink-2">{t("none")}</p>
      )}
    </OwnMain>
  );
}
