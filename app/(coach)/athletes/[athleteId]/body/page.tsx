import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { PageHead } from "@/components/athlete/page-head";
import { BodyCharts } from "@/components/body/body-charts";
import { ActivityTable, BodyTable } from "@/components/body/body-tables";
import { Foot } from "@/components/shell/foot";
import { AppError } from "@/lib/errors";
import { viewBody } from "@/lib/services/athletes/body";
import { SquadHeader } from "../../../squad-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("athlete.body"))("page") };
}

export default async function BodyPage({ params }: { params: Promise<{ athleteId: string }> }) {
  const { athleteId } = await params;
  const view = await look(athleteId);
  const t = await getTranslations("athlete.body");
  return (
    <>
      <SquadHeader squad={view.squad} current={null} path={`/athletes/${athleteId}/body`} />
      <main id="content" className="main">
        <PageHead athlete={{ id: athleteId, name: view.athlete.name }} title={t("page")} />
        <BodyCharts view={view} />
        <div className="athlete-low body-tables">
          <BodyTable view={view} />
          <ActivityTable view={view} />
        </div>
        <Foot />
      </main>
    </>
  );
}

async function look(athleteId: string) {
  try {
    return await viewBody({ ctx: await coachContext(), input: { athleteId } });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
