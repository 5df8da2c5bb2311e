import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";

/** Episodes of every athlete under the chosen preset against the one in use, most first. */
export function EpisodesByAthlete({ view, chosen }: { view: BacktestView; chosen: Preset }) {
  const t = useTranslations("alerts");
  const { preset: current } = view.squad;
  const names = { chosen: t(`presetName.${chosen}`), current: t(`presetName.${current}`) };
  const counts = view.athletes.map(({ athleteId, name, episodes }) => ({
    athleteId,
    name,
    n: episodes[chosen],
    m: episodes[current],
  }));
  counts.sort((a, b) => b.n - a.n || b.m - a.m || a.name.localeCompare(b.name));
  const most = Math.max(1, ...counts.flatMap(({ n, m }) => [n, m]));
  return (
    <Card
      pad="even"
      title={
        <>
          {t("episodes.title", { mornings: view.mornings })}{" "}
          {chosen === current ? null : (
            <span className="font-normal text-ink-3">· {t("episodes.key", names)}</span>
          )}
        </>
      }
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(270px,1fr))] gap-x-9 gap-y-0.5 text-[0.75rem] leading-[1.5rem] phone:grid-cols-1 phone:text-[0.875rem] phone:leading-[2rem]">
        {counts.map((count) => (
          <li
            key={count.athleteId}
            className="grid grid-cols-[minmax(0,1fr)_124px_44px] items-center gap-2.5"
          >
            <Link href={`/athletes/${count.athleteId}`} prefetch={false} className="truncate hover:underline">
              {count.name}
            </Link>
            <span className="relative h-2" aria-hidden="true">
              <Bar share={count.m / most} colour="var(--band-half)" />
              <Bar share={count.n / most} colour="var(--data)" />
            </span>
            <span className="num" aria-hidden="true">
              <b>{count.n}</b>
              {chosen === current ? "" : ` / ${count.m}`}
            </span>
            <span className="sr-only">
              {chosen === current
                ? t("episodes.one", { n: count.n, preset: names.chosen })
                : t("episodes.two", { n: count.n, m: count.m, ...names })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Bar({ share, colour }: { share: number; colour: string }) {
  return <i className="absolute inset-y-0 left-0" style={{ width: `${100 * share}%`, background: colour }} />;
}
