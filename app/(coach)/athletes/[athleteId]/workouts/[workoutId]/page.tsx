import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { PageHead } from "@/components/athlete/page-head";
import { civil } from "@/components/format/dates";
import { sportName } from "@/components/format/sport";
import { Foot } from "@/components/shell/foot";
import { LoadsCard } from "@/components/workout/loads-card";
import { SplitsCard } from "@/components/workout/splits-card";
import { WorkoutCharts } from "@/components/workout/workout-charts";
import { WorkoutFacts } from "@/components/workout/workout-facts";
import { ZonesCard } from "@/components/workout/zones-card";
import { AppError } from "@/lib/errors";
import { viewWorkout } from "@/lib/services/workouts/view";
import { SquadHeader } from "../../../../squad-header";

type Params = { athleteId: string; workoutId: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("workout"))("title") };
}

export default async function WorkoutPage({ params }: { params: Promise<Params> }) {
  const ids = await params;
  const view = await look(ids);
  const t = await getTranslations("workout");
  const locale = await getLocale();
  const sport = sportName(await getTranslations("workout.sport"), view.sport);
  return (
    <>
      <SquadHeader
        squad={view.squad}
        current={null}
        path={`/athletes/${ids.athleteId}/workouts/${ids.workoutId}`}
      />
      <main id="content" className="main">
        <PageHead
          athlete={view.athlete}
          title={`${sport}, ${civil(view.date, "short", locale)} ${view.startedAt}`}
        >
          <WorkoutFacts view={view} />
        </PageHead>
        {view.series.length === 0 ? <p className="quiet px-(--margin)">{t("noSeries")}</p> : null}
        <WorkoutCharts view={view} />
        <div className="athlete-low">
          <div className="grid gap-4">
            <ZonesCard zones={view.zones} />
            <LoadsCard view={view} />
          </div>
          <SplitsCard view={view} />
        </div>
        {view.payloadIds.length > 0 ? (
          <p className="flex gap-4 px-(--margin) pt-3">
            {view.payloadIds.map((id, i) => (
              <Link key={id} className="link" href={`/payloads/${id}`} prefetch={false}>
                {t("raw", { n: i + 1 })}
              </Link>
            ))}
          </p>
        ) : null}
        <Foot />
      </main>
    </>
  );
}

async function look(ids: Params) {
  try {
    return await viewWorkout({ ctx: await coachContext(), input: ids });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
