import Link from "next/link";
import { useTranslations } from "next-intl";

/** Credit and limits, on every page that shows data or anything derived from it. */
export function Foot() {
  const t = useTranslations("shell.foot");
  return (
    <footer className="flex flex-wrap gap-x-5 gap-y-1 px-(--margin) pt-3.5 pb-5 text-[0.6875rem] text-ink-3 leading-[1rem]">
      <span>{t("credit")}</span>
      <span>{t("limits")}</span>
      <Link className="link" href="/methods">
        {t("methods")}
      </Link>
    </footer>
  );
}
