import Link from "next/link";
import { useTranslations } from "next-intl";

type SquadSwitchProps = {
  squads: readonly { id: string; name: string }[];
  current: { id: string; name: string } | null;
};

/** The squad in view, and the way to every other. */
export function SquadSwitch({ squads, current }: SquadSwitchProps) {
  const t = useTranslations("shell.nav");
  return (
    <details className="menu" name="header-menu">
      <summary>
        <span className="squad-name">{current?.name ?? t("squads")}</span>
        <svg
          width="8"
          height="8"
          viewBox="0 0 8 8"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          aria-hidden="true"
        >
          <path d="M1 2.5 4 5.5 7 2.5" />
        </svg>
      </summary>
      <nav className="menu-body" aria-label={t("switch")}>
        {squads.map((squad) => (
          <Link
            key={squad.id}
            href={`/squads/${squad.id}`}
            aria-current={squad.id === current?.id ? "true" : undefined}
          >
            {squad.name}
          </Link>
        ))}
        {current ? (
          <Link className="menu-apart" href={`/squads/${current.id}/settings`} prefetch={false}>
            {t("settings")}
          </Link>
        ) : null}
        <Link className={current ? undefined : "menu-apart"} href="/squads">
          {t("squads")}
        </Link>
      </nav>
    </details>
  );
}
