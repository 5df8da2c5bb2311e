import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { PointsCard } from "@/components/analysis/points-card";
import { PageHead } from "@/components/athlete/page-head";
import { Foot } from "@/components/shell/foot";
import { AppError } from "@/lib/errors";
import { viewPoints } from "@/lib/services/analysis/drivers";
import { SquadHeader } from "../../../../squad-header";
import "@/components/athlete/athlete.css";

type Props = { params: Promise<{ athleteId: string; driver: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("analysis.points"))("title") };
}

export default async function PointsPage({ params }: Props) {
  const { athleteId, driver } = await params;
  const view = await look(athleteId, driver);
  const t = await getTranslations("analysis.with");
  return (
    <>
      <SquadHeader squad={view.squad} current={null} path={`/athletes/${athleteId}/with/${driver}`} />
      <main id="content" className="main">
        <PageHead
          athlete={{ id: athleteId, name: view.athlete.name }}
          title={`${t("title")}: ${t(`driver.${view.row.id}.${view.row.lagDays}`)}`}
        />
        <PointsCard view={view} />
        <Foot />
      </main>
    </>
  );
}

async function look(athleteId: string, driver: string) {
  try {
    return await viewPoints({ ctx: await coachContext(), input: { athleteId, driver } });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
