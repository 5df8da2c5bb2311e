import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { Block, Note } from "@/components/athlete-self/block";
import { Gaps } from "@/components/athlete-self/gaps";
import { OwnMain } from "@/components/athlete-self/own-main";
import { LiveProgress } from "@/components/athlete-self/progress.client";
import type { ProgressWords } from "@/components/athlete-self/progress-list";
import { ButtonLink } from "@/components/ui/controls";
import { requireOwn } from "@/lib/services/access/require";
import { viewProgress } from "@/lib/services/own-page/progress";
import { viewPause } from "@/lib/services/own-page/sharing";
import type { Progress } from "@/lib/services/own-page/view-model";
import { toldOf } from "../progress-in-words";

type Props = { searchParams: Promise<{ since?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.connected"))("title") };
}

export default async function ConnectedPage({ searchParams }: Props) {
  const { since } = await searchParams;
  const ctx = await athleteContext();
  const [progress, { athlete }, pause] = await Promise.all([
    viewProgress({ ctx }),
    requireOwn(ctx, "own-page.view"),
    viewPause({ ctx, input: { since } }),
  ]);
  if (progress.connection === "stopped" || progress.connection === "not-connected") redirect("/me");
  if (pause.pausedAt) redirect("/me/pause");
  const t = await getTranslations("me.connected");
  const registering = progress.connection === "registering";
  const told = { ...progress, ...(await toldOf(progress, ctx.now)) };
  return (
    <OwnMain next="/me/connected">
      <h1>{t(registering ? "titleRegistering" : since ? "titleAgain" : "title")}</h1>
      {since ? (
        <Gaps gaps={pause.gaps} tense="did" />
      ) : (
        <p className="text-ink-2 pb-3">
          {t(registering ? "leadRegistering" : "lead", { name: athlete.name.split(" ")[0] ?? athlete.name })}
        </p>
      )}
      <LiveProgress initial={told} words={await wordsOf(progress)} />
      <Block title={t("morning")}>
        <p className="text-ink-2">{t("morningText")}</p>
      </Block>
      <ButtonLink href="/me" kind="primary">
        {t("button")}
      </ButtonLink>
      <Note>{t("back")}</Note>
    </OwnMain>
  );
}

async function wordsOf(progress: Progress): Promise<ProgressWords> {
  const t = await getTranslations("me.connected");
  const lines = await getTranslations("consent.streams");
  return {
    lines: Object.fromEntries(progress.streams.map(({ line }) => [line, lines(`${line}.title`)])),
    states: {
      waiting: t("states.waiting"),
      running: t("states.running"),
      done: t("states.done"),
      failed: t("states.failed"),
    },
    counts: t.raw("counts"),
    countsLeft: t.raw("countsLeft"),
    aside: t.raw("aside"),
    none: t("none"),
    busy: t("busy"),
    someFailed: t("someFailed"),
    failed: t("failed"),
    consentMissing: t("consentMissing"),
    openPolar: t("openPolar"),
    done: t("done"),
    next: t("next"),
  };
}
