import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { HiddenForm } from "@/components/operate/hidden-form";
import { LedgerTable } from "@/components/operate/ledger-table";
import { Acts, Cards } from "@/components/operate/parts";
import { Said } from "@/components/operate/said";
import { StreamsTable } from "@/components/operate/streams-table";
import { Card } from "@/components/ui/blocks";
import { ButtonLink } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { viewLedger } from "@/lib/services/sync/ledger";
import { type AthleteParams, athleteTitle } from "../../../../address";
import { giveUp, readAgain, retrySync } from "../../actions";

type PageProps = AthleteParams & { searchParams: Search };

const query = z.object({
  said: z.string().catch(""),
  stream: z
    .string()
    .regex(/^[a-z-]+$/)
    .optional()
    .catch(undefined),
});

export async function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props, (await getTranslations("operate.ledger"))("title"));
}

export default async function LedgerPage({ params, searchParams }: PageProps) {
  const { athleteId } = await params;
  const { said, stream } = query.parse(await searchParams);
  const t = await getTranslations("operate.ledger");
  const view = await viewLedger({ ctx: await coachContext(), input: { athleteId, stream } }).catch(
    nearestPage,
  );
  const path = `/operate/athletes/${athleteId}`;
  const fields = { athleteId, ledgerOf: athleteId };
  return (
    <>
      <PageTitle
        title={view.athlete.name}
        lead={t("lead")}
        end={
          <Acts>
            <ButtonLink size="small" href={`/squads/${view.athlete.squadId}/connections`} prefetch={false}>
              {t("connections")}
            </ButtonLink>
            <HiddenForm act={retrySync} fields={fields}>
              {t("sync")}
            </HiddenForm>
            <HiddenForm act={readAgain} fields={fields}>
              {t("readAgain")}
            </HiddenForm>
          </Acts>
        }
      />
      <Said said={said} />
      <Cards>
        <Card title={t("streams")} titleId="streams-title">
          <StreamsTable view={view} path={path} shown={stream} />
        </Card>
        <Card title={t("title")} titleId="ledger-title">
          <LedgerTable view={view} giveUp={giveUp} />
        </Card>
      </Cards>
    </>
  );
}
