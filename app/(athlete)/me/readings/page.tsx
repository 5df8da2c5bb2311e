import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { athleteContext } from "@/app/context";
import { recordingState } from "@/app/reading-uploads";
import { Block, Note } from "@/components/athlete-self/block";
import { OwnMain } from "@/components/athlete-self/own-main";
import { ReadingsChart } from "@/components/readings/readings-chart";
import { ReadingsList } from "@/components/readings/readings-list";
import { RrUpload } from "@/components/readings/rr-upload";
import { TableUpload } from "@/components/readings/table-upload";
import { ButtonLink } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { LARGEST_UPLOAD } from "@/lib/services/readings/uploads";
import { viewOwnReadings } from "@/lib/services/readings/view";
import { lookAtOwnRr, removeOwn, uploadOwnRr, uploadOwnTable } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.readings"))("title") };
}

export default async function OwnReadingsPage() {
  const ctx = await athleteContext();
  const view = await viewOwnReadings({ ctx }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "forbidden") redirect("/me");
    throw error;
  });
  const t = await getTranslations("readings");
  const own = await getTranslations("me.readings");
  const { readings } = await getMessages();
  const { athleteId, entries, today } = view;
  const latest = await recordingState({ ctx, athleteId });
  return (
    <OwnMain next="/me/readings">
      <h1>{own("title")}</h1>
      <p className="text-ink-2 pb-3">{own("lead")}</p>
      <NextIntlClientProvider messages={{ readings }}>
        <Block title={t("table.title")}>
          <TableUpload athleteId={athleteId} upload={uploadOwnTable} largest={LARGEST_UPLOAD} />
        </Block>
        <Block title={t("rr.title")}>
          <RrUpload
            athleteId={athleteId}
            today={today}
            latest={latest}
            upload={uploadOwnRr}
            look={lookAtOwnRr}
            largest={LARGEST_UPLOAD}
          />
        </Block>
      </NextIntlClientProvider>
      <Block title={t("list.title")}>
        <Note below="small">{t("card.standing", view.standing)}</Note>
        {entries.length === 0 ? (
          <p className="text-ink-2">{own("none")}</p>
        ) : (
          <>
            <ReadingsChart entries={entries} today={today} />
            <ReadingsList athleteId={athleteId} entries={entries} remove={removeOwn} />
          </>
        )}
      </Block>
      <ButtonLink href="/me">{own("back")}</ButtonLink>
    </OwnMain>
  );
}
