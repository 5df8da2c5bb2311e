import { getTranslations } from "next-intl/server";
import { SquadNav, type SquadPage } from "@/components/shell/squad-nav";
import { CoachHeader } from "./coach-header";

type SquadHeaderProps = { squad: { id: string; name: string }; current: SquadPage | null; path: string };

/** The bar above the pages of one squad, with a search that leads to its list. */
export async function SquadHeader({ squad, current, path }: SquadHeaderProps) {
  const t = await getTranslations("shell.nav");
  return (
    <CoachHeader current={squad} path={path}>
      <SquadNav squadId={squad.id} current={current} />
      <search className="top-find">
        <form action={`/squads/${squad.id}`} method="get">
          <label className="unseen" htmlFor="top-find">
            {t("find")}
          </label>
          <input id="top-find" className="input" type="search" name="find" placeholder={t("find")} />
        </form>
      </search>
    </CoachHeader>
  );
}
