import Link from "next/link";
import { useTranslations } from "next-intl";
import { ShowCurrent } from "./show-current";

export type SquadPage = "morning" | "heatmap" | "analysis" | "alerts" | "connections" | "athletes";

const PATHS = {
  morning: "",
  heatmap: "/heatmap",
  analysis: "/analysis",
  alerts: "/alerts",
  connections: "/connections",
  athletes: "/athletes",
} as const satisfies Record<SquadPage, string>;

/** The pages of one squad. */
export function SquadNav({ squadId, current }: { squadId: string; current: SquadPage | null }) {
  const t = useTranslations("shell.nav");
  return (
    <nav className="top-nav" aria-label={t("label")}>
      {(Object.keys(PATHS) as SquadPage[]).map((page) => (
        <Link
          key={page}
          href={`/squads/${squadId}${PATHS[page]}`}
          prefetch={false}
          aria-current={page === current ? "page" : undefined}
        >
          {t(page)}
        </Link>
      ))}
      <ShowCurrent />
    </nav>
  );
}
