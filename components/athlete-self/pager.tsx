import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/controls";

type PagerProps = { path: string; page: number; perPage: number; total: number; label: string };

/** To the newer and the older entries of a list that goes over several pages. */
export function Pager({ path, page, perPage, total, label }: PagerProps) {
  const t = useTranslations("me.pager");
  if (total <= perPage) return null;
  return (
    <nav className="grid grid-cols-2 gap-2 pt-4" aria-label={label}>
      {page > 1 ? <ButtonLink href={`${path}?page=${page - 1}`}>{t("newer")}</ButtonLink> : <span />}
      {page * perPage < total ? (
        <ButtonLink href={`${path}?page=${page + 1}`}>{t("older")}</ButtonLink>
      ) : null}
    </nav>
  );
}

/** The page asked for in an address; the first when it names none. It may lie beyond the last. */
export function pageOf(asked: string | string[] | undefined): number {
  return Math.max(1, Math.trunc(Number(asked)) || 1);
}
