import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { percentRange, range } from "@/components/format/numbers";
import { ArchivedSquads } from "@/components/squads/archived-squads";
import { CreateSquad } from "@/components/squads/create-squad";
import { SquadList } from "@/components/squads/squad-list";
import { PageTitle } from "@/components/ui/page-title";
import { can } from "@/lib/context";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import { PRESETS } from "@/lib/readiness/types";
import { listArchivedSquads } from "@/lib/services/squads/manage";
import { squadsOfTeam } from "../../address";
import { createSquadAction, restoreSquadAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("squad.squads"))("title") };
}

export default async function SquadsPage() {
  const ctx = await coachContext();
  const t = await getTranslations("squad.squads");
  const squads = await squadsOfTeam();
  const { squad } = await getMessages();
  return (
    <div className="max-w-[880px]">
      <PageTitle title={t("title")} lead={squads.length === 0 ? t("none") : undefined} />
      <SquadList squads={squads} />
      {can(ctx.actor, "squads.create") ? (
        <section className="px-(--margin) pt-6" aria-labelledby="create-title">
          <h2 id="create-title" className="pb-3">
            {t("create")}
          </h2>
          <NextIntlClientProvider messages={{ squad: { squads: (squad as { squads: object }).squads } }}>
            <CreateSquad
              create={createSquadAction}
              timeZones={Intl.supportedValuesOf("timeZone")}
              presets={await presetWords()}
            />
          </NextIntlClientProvider>
        </section>
      ) : null}
      <ArchivedSquads
        squads={await listArchivedSquads({ ctx })}
        restore={can(ctx.actor, "squads.archive") ? restoreSquadAction : undefined}
      />
    </div>
  );
}

/** Of the squad of which the choice gives an example. */
const [ATHLETES, DAYS] = [20, 7];

/** Each preset in words, with its rate by chance before a squad has data. */
async function presetWords() {
  const t = await getTranslations("squad.squads.preset");
  const locale = await getLocale();
  return PRESETS.map((preset) => {
    const { flaggedShare, episodesPerAthleteMonth } = beforeData(preset);
    const names = (perMonth: number) => (perMonth * ATHLETES * DAYS) / 30;
    const { low, high } = episodesPerAthleteMonth;
    return {
      preset,
      words: t(`${preset}.text`, {
        range: percentRange(flaggedShare, locale),
        names: range({ low: names(low), high: names(high) }, 0, locale),
      }),
    };
  });
}
