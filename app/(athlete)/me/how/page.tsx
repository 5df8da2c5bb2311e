import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Block } from "@/components/athlete-self/block";
import { OwnMain } from "@/components/athlete-self/own-main";
import { beforeData } from "@/lib/readiness/backtest/before-data";

const PARTS = [
  "night",
  "usual",
  "load",
  "levels",
  "settled",
  "heartRate",
  "chance",
  "missing",
  "limits",
] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.how"))("title") };
}

/** How a level comes about, for the athlete and without a formula. */
export default async function HowPage() {
  const t = await getTranslations("me.how");
  const { low, high } = beforeData("brief").flaggedShare;
  const chance = { from: Math.round(100 * low), to: Math.round(100 * high) };
  return (
    <OwnMain next="/me/how">
      <h1>{t("title")}</h1>
      <p className="text-ink-2">{t("lead")}</p>
      {PARTS.map((part) => (
        <Block key={part} title={t(`${part}.title`)}>
          <p className="text-ink-2">{t(`${part}.text`, chance)}</p>
        </Block>
      ))}
      <p className="py-4">
        <Link className="link" href="/methods" prefetch={false}>
          {t("formulas")}
        </Link>
      </p>
    </OwnMain>
  );
}
