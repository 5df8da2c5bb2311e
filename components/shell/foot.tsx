import Link from "next/link";
import { useTranslations } from "next-intl";

/** Credit and limits, on every page that shows data or anything derived from it. */
export function Foot() {
  const t = useTranslations("shell.foot");
  return (
    <footer className="foot">
      <span>{t("credit")}</span>
      <span>{t("limits")}</span>
      <Link className="link" href="/methods">
        {t("methods")}
      </Link>
    </footer>
  );
}
