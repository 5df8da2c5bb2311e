import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { recordingState } from "@/app/reading-uploads";
import { wordFor } from "@/components/format/word";
import { ReadingsChart } from "@/components/readings/readings-chart";
import { ReadingsList } from "@/components/readings/readings-list";
import { RrUpload } from "@/components/readings/rr-upload";
import { RuleForm } from "@/components/readings/rule-form";
import type { RrState } from "@/components/readings/states";
import { TableUpload } from "@/components/readings/table-upload";
import { Card } from "@/components/ui/blocks";
import { ButtonLink } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { can } from "@/lib/context";
import { LARGEST_UPLOAD } from "@/lib/services/readings/uploads";
import { type ReadingsView, viewReadings } from "@/lib/services/readings/view";
import { type AthleteParams, athleteTitle } from "../../../address";
import { lookAtRr, remove, saveRule, uploadRr, uploadTable } from "./actions";

/** What a watch offers for lying still; a squad's rule picks from these. */
const LYING_SPORTS = [
  "other-indoor",
  "other-outdoor",
  "body-and-mind",
  "stretching",
  "mobility-static",
  "yoga",
  "pilates",
  "core",
];

export async function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props, (await getTranslations("readings"))("title"));
}

export default async function ReadingsPage({ params }: AthleteParams) {
  const { athleteId } = await params;
  const ctx = await coachContext();
  const view = await viewReadings({ ctx, input: { athleteId } }).catch(nearestPage);
  const mayWrite = can(ctx.actor, "readings.write");
  const t = await getTranslations("readings");
  return (
    <>
      <PageTitle
        title={t("titleOf", { name: view.athlete.name })}
        lead={t("lead")}
        end={<ButtonLink href={`/athletes/${athleteId}`}>{t("back")}</ButtonLink>}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_424px] items-start gap-4 px-(--margin) pt-3.5 max-[981px]:grid-cols-1">
        <Card title={t("list.title")} titleId="stored-title">
          <p className="text-ink-2 pb-2">{t("card.standing", view.standing)}</p>
          <ReadingsChart entries={view.entries} today={view.today} />
          {view.entries.length === 0 ? (
            <p className="text-ink-3">{t("list.none")}</p>
          ) : (
            <ReadingsList
              athleteId={athleteId}
              entries={view.entries}
              remove={mayWrite ? remove : undefined}
            />
          )}
        </Card>
        {mayWrite ? (
          <Uploads view={view} latest={await recordingState({ ctx, athleteId: view.athlete.id })} />
        ) : null}
      </div>
    </>
  );
}

async function Uploads({ view, latest }: { view: ReadingsView; latest: RrState }) {
  const t = await getTranslations("readings");
  const words = await getTranslations("readings.rule.sport");
  const { readings } = await getMessages();
  const { athlete, squad, today, rule } = view;
  const known = [...new Set([...LYING_SPORTS, ...rule.sports])];
  const sports = known.map((id) => ({ id, name: wordFor(words, id) ?? id }));
  return (
    <NextIntlClientProvider messages={{ readings }}>
      <div className="grid min-w-0 gap-4">
        <UploadCard id="upload-table" title={t("table.title")}>
          <TableUpload athleteId={athlete.id} upload={uploadTable} largest={LARGEST_UPLOAD} />
        </UploadCard>
        <UploadCard id="upload-rr" title={t("rr.title")}>
          <RrUpload
            athleteId={athlete.id}
            today={today}
            latest={latest}
            upload={uploadRr}
            look={lookAtRr}
            largest={LARGEST_UPLOAD}
          />
        </UploadCard>
        <UploadCard id="recordings" title={t("rule.title")}>
          <RuleForm athleteId={athlete.id} squadId={squad.id} rule={rule} sports={sports} change={saveRule} />
        </UploadCard>
      </div>
    </NextIntlClientProvider>
  );
}

function UploadCard({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card title={title} titleId={id}>
      {children}
    </Card>
  );
}
