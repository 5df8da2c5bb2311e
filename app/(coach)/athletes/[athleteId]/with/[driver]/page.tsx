import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { PointsCard } from "@/components/analysis/points-card";
import { PageHead } from "@/components/athlete/page-head";
import { viewPoints } from "@/lib/services/analysis/drivers";
import { type AthleteParams, athleteTitle } from "../../../../address";

type Props = { params: Promise<{ athleteId: string; driver: string }> };

export async function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props, (await getTranslations("analysis.points"))("title"));
}

export default async function PointsPage({ params }: Props) {
  const { athleteId, driver } = await params;
  const view = await viewPoints({ ctx: await coachContext(), input: { athleteId, driver } }).catch(
    nearestPage,
  );
  const t = await getTranslations("analysis.with");
  return (
    <>
      <PageHead
        athlete={{ id: athleteId, name: view.athlete.name }}
        title={`${t("title")}: ${t(`driver.${view.row.id}.${view.row.lagDays}`)}`}
      />
      <PointsCard view={view} />
    </>
  );
}
