import { useTranslations } from "next-intl";
import { initials } from "@/components/format/initials";
import { Button } from "@/components/ui/controls";
import { Menu, MenuButton, MenuLink } from "@/components/ui/menu";
import { PathField } from "./nav-link";

const THEMES = ["system", "light", "dark"] as const;

type AccountMenuProps = {
  coach: { name: string | null; email: string };
  /** Owners also look after the installation. */
  operates: boolean;
  theme: (typeof THEMES)[number];
  language: string;
  languages: readonly { code: string; name: string }[];
};

/** Who is signed in, theme, language, sign out. Plain forms: it works without scripts. */
export function AccountMenu({ coach, operates, theme, language, languages }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  return (
    <Menu
      name="header-menu"
      className="order-2"
      summary={initials(coach.name ?? coach.email)}
      label={t("label")}
      look="round"
      side="end"
    >
      <div className="grid gap-0.5">
        <p className="px-2 py-1">
          <b>{coach.name}</b>
          <br />
          <span className="text-ink-3">{coach.email}</span>
        </p>
        <MenuLink href="/settings/team" prefetch={false}>
          {t("team")}
        </MenuLink>
        {operates ? (
          <MenuLink href="/operate" prefetch={false}>
            {t("operation")}
          </MenuLink>
        ) : null}
        <Choice
          name="theme"
          title={t("theme")}
          values={THEMES.map((value) => ({ value, word: t(value) }))}
          chosen={theme}
        />
        <Choice
          name="locale"
          title={t("language")}
          values={languages.map(({ code, name }) => ({ value: code, word: name, lang: code }))}
          chosen={language}
        />
        <form action="/sign-out" method="post">
          <MenuButton>{t("signOut")}</MenuButton>
        </form>
      </div>
    </Menu>
  );
}

type ChoiceProps = {
  name: string;
  title: string;
  values: readonly { value: string; word: string; lang?: string }[];
  chosen: string;
};

function Choice({ name, title, values, chosen }: ChoiceProps) {
  return (
    <form action="/preferences" method="post" className="border-line border-t px-2 py-1.5">
      <PathField name="next" />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="mb-1 font-medium text-ink-3 text-label">{title}</legend>
        {values.map(({ value, word, lang }) => (
          <Button
            type="submit"
            key={value}
            size="small"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
          >
            {word}
          </Button>
        ))}
      </fieldset>
    </form>
  );
}
