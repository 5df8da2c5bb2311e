import { useTranslations } from "next-intl";
import { Menu, MenuLink } from "@/components/ui/menu";

type SquadSwitchProps = {
  squads: readonly { id: string; name: string }[];
  current: { id: string; name: string } | null;
};

/** The squad in view, and the way to every other. */
export function SquadSwitch({ squads, current }: SquadSwitchProps) {
  const t = useTranslations("shell.nav");
  return (
    <Menu name="header-menu" summary={<Current name={current?.name ?? t("squads")} />}>
      <nav className="grid gap-0.5" aria-label={t("switch")}>
        {squads.map((squad) => (
          <MenuLink
            key={squad.id}
            href={`/squads/${squad.id}`}
            aria-current={squad.id === current?.id ? "true" : undefined}
          >
            {squad.name}
          </MenuLink>
        ))}
        {current ? (
          <MenuLink place="apart" href={`/squads/${current.id}/settings`} prefetch={false}>
            {t("settings")}
          </MenuLink>
        ) : null}
        <MenuLink place={current ? "among" : "apart"} href="/squads">
          {t("squads")}
        </MenuLink>
      </nav>
    </Menu>
  );
}

function Current({ name }: { name: string }) {
  return (
    <>
      <span className="max-w-[34ch] overflow-hidden text-ellipsis phone:max-w-[calc(100vw-240px)]">
        {name}
      </span>
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
    </>
  );
}
