import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { PageHead } from "@/components/athlete/page-head";
import { civil } from "@/components/format/dates";
import { sportName } from "@/components/format/sport";
import { LoadsCard } from "@/components/workout/loads-card";
import { SplitsCard } from "@/components/workout/splits-card";
import { WorkoutCharts } from "@/components/workout/workout-charts";
import { WorkoutFacts } from "@/components/workout/workout-facts";
import { ZonesCard } from "@/components/workout/zones-card";
import { viewWorkout } from "@/lib/services/workouts/view";
import { type AthleteParams, athleteTitle } from "../../../../address";

type Params = { athleteId: string; workoutId: string };

export async function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props, (await getTranslations("workout"))("title"));
}

export default async function WorkoutPage({ params }: { params: Promise<Params> }) {
  const ids = await params;
  const view = await viewWorkout({ ctx: await coachContext(), input: ids }).catch(nearestPage);
  const t = await getTranslations("workout");
  const locale = await getLocale();
  const sport = sportName(await getTranslations("workout.sport"), view.sport);
  return (
    <>
      <PageHead
        athlete={view.athlete}
        title={`${sport}, ${civil(view.date, "short", locale)} ${view.startedAt}`}
      >
        <WorkoutFacts view={view} />
      </PageHead>
      {view.series.length === 0 ? <p className="text-ink-3 px-(--margin)">{t("noSeries")}</p> : null}
      <WorkoutCharts view={view} />
      <div className="grid grid-cols-2 items-start gap-4 px-(--margin) pt-4 max-[981px]:grid-cols-1">
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
    </>
  );
}
