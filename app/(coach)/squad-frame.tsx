import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { Foot } from "@/components/shell/foot";
import { Fresh } from "@/components/shell/fresh";
import { SquadNav } from "@/components/shell/squad-nav";
import { Main } from "@/components/shell/top";
import { Input } from "@/components/ui/controls";
import { squadVersion } from "@/lib/services/squads/view";
import { CoachHeader } from "./coach-header";
import { SquadShortcuts } from "./squad-shortcuts";

type Squad = { id: string; name: string };
type SquadFrameProps = { find: () => Promise<Squad>; still: readonly string[]; children: ReactNode };

/**
 * What surrounds the pages of a squad and of its athletes. Header and freshness find the squad by themselves: the
 * page does not wait for them. `still`: the pages that are not drawn again by themselves, because somebody fills in a form there.
 */
export function SquadFrame({ find, still, children }: SquadFrameProps) {
  return (
    <>
      <SquadHeader find={find} />
      <Main>
        {children}
        <Foot />
      </Main>
      <SquadAlive find={find} still={still} />
    </>
  );
}

/** The bar above the pages of one squad, with a search that leads to its list. */
async function SquadHeader({ find }: Pick<SquadFrameProps, "find">) {
  const t = await getTranslations("shell.nav");
  const current = await find();
  return (
    <CoachHeader current={current}>
      <SquadNav squadId={current.id} />
      <search className="order-1 w-50 max-[1001px]:hidden">
        <form action={`/squads/${current.id}`} method="get">
          <label className="sr-only" htmlFor="top-find">
            {t("find")}
          </label>
          <Input id="top-find" type="search" name="find" placeholder={t("find")} />
        </form>
      </search>
    </CoachHeader>
  );
}

/** Single keys, and the page drawn again when the squad's data change. */
async function SquadAlive({ find, still }: Omit<SquadFrameProps, "children">) {
  const { id: squadId } = await find();
  const ctx = await coachContext();
  const { version, isBusy } = await squadVersion({ ctx, input: { squadId } }).catch(nearestPage);
  return (
    <>
      <SquadShortcuts squadId={squadId} />
      <Fresh
        versionUrl={`/squads/${squadId}/version`}
        version={version}
        everyMs={isBusy ? 3_000 : 15_000}
        still={still}
      />
    </>
  );
}
