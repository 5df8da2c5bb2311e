import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { PageHead } from "@/components/athlete/page-head";
import { BodyCharts } from "@/components/body/body-charts";
import { ActivityTable, BodyTable } from "@/components/body/body-tables";
import { viewBody } from "@/lib/services/athletes/body";
import { type AthleteParams, athleteTitle } from "../../../address";

export async function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props, (await getTranslations("athlete.body"))("page"));
}

export default async function BodyPage({ params }: AthleteParams) {
  const { athleteId } = await params;
  const view = await viewBody({ ctx: await coachContext(), input: { athleteId } }).catch(nearestPage);
  const t = await getTranslations("athlete.body");
  return (
    <>
      <PageHead athlete={{ id: athleteId, name: view.athlete.name }} title={t("page")} />
      <BodyCharts view={view} />
      <div className="grid grid-cols-1 items-start gap-4 px-(--margin) pt-4">
        <BodyTable view={view} />
        <ActivityTable view={view} />
      </div>
    </>
  );
}
