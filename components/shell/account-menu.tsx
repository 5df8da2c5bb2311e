import Link from "next/link";
import { useTranslations } from "next-intl";
import { initials } from "@/components/format/initials";
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
    <details className="menu menu-end" name="header-menu">
      <summary className="avatar" aria-label={t("label")}>
        {initials(coach.name ?? coach.email)}
      </summary>
      <div className="menu-body">
        <p className="px-2 py-1">
          <b>{coach.name}</b>
          <br />
          <span className="quiet">{coach.email}</span>
        </p>
        <Link href="/settings/team" prefetch={false}>
          {t("team")}
        </Link>
        {operates ? (
          <Link href="/operate" prefetch={false}>
            {t("operation")}
          </Link>
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
          <button type="submit">{t("signOut")}</button>
        </form>
      </div>
    </details>
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
    <form action="/preferences" method="post" className="menu-choice">
      <PathField name="next" />
      <fieldset>
        <legend className="label">{title}</legend>
        {values.map(({ value, word, lang }) => (
          <button
            type="submit"
            key={value}
            className="button button-small"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
          >
            {word}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
