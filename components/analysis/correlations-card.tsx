import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { bare, pValue, signed, whole } from "@/components/format/numbers";
import { Card, Table } from "@/components/ui/blocks";
import { CERTAIN, leastP } from "@/lib/analysis/associations";
import type { DriverAssociations } from "@/lib/services/analysis/drivers";
import { Interval } from "./interval";

type Row = DriverAssociations["rows"][number];

/** What goes with an athlete's HRV: association, interval, pairs of days and p; bold where it holds after Holm. Each row leads to its days, below `href`. */
export function CorrelationsCard({ view, href }: { view: DriverAssociations | null; href: string }) {
  const t = useTranslations("analysis.with");
  return (
    <Card title={t("title")} titleId="with-title">
      {view === null ? (
        <p className="text-ink-3">{t("nothing")}</p>
      ) : (
        <Associations view={view} href={href} />
      )}
    </Card>
  );
}

function Associations({ view, href }: { view: DriverAssociations; href: string }) {
  const t = useTranslations("analysis.with");
  const locale = useLocale();
  const tested = view.rows.filter((row) => row.enough).length;
  const least = leastP(tested, view.days);
  const tells = tested === 0 ? "none" : least < CERTAIN ? "yes" : "no";
  return (
    <>
      <p className="font-medium text-label text-ink-3 mt-0.5 mb-1.5">
        {t("lead", { days: view.days, source: view.source })}
      </p>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <th scope="col">{t("with")}</th>
            <th scope="col" className="num">
              r
            </th>
            <th scope="col">{t("interval")}</th>
            <th scope="col" className="num phone:hidden">
              {t("rank")}
            </th>
            <th scope="col" className="num">
              {t("pairs")}
            </th>
            <th scope="col" className="num">
              p
            </th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <AssociationRow
              key={`${row.id}-${row.lagDays}`}
              row={row}
              href={`${href}/${row.id}-${row.lagDays}`}
            />
          ))}
        </tbody>
      </Table>
      <p className="font-medium text-label text-ink-3 mt-2">
        {t("foot", {
          tells,
          n: tested,
          days: view.days,
          least: bare(least, least < 0.1 ? 3 : 2, locale),
          needed: 10 * tested + 1,
        })}
      </p>
    </>
  );
}

function AssociationRow({ row, href }: { row: Row; href: string }) {
  const t = useTranslations("analysis.with");
  const locale = useLocale();
  const name = (
    <Link className="link" href={href} prefetch={false}>
      {t(`driver.${row.id}.${row.lagDays}`)}
    </Link>
  );
  if (!row.enough)
    return (
      <tr className="text-ink-3">
        <th scope="row">{name}</th>
        <td colSpan={5}>
          {row.pairs < row.needed ? t("tooFew", { n: row.pairs, of: row.needed }) : t("unchanging")}
        </td>
      </tr>
    );
  const { r, low, high, rho, n, nEffective } = row.correlation;
  const firm = row.pHolm !== null && row.pHolm < CERTAIN;
  return (
    <tr className={firm ? "font-[650] [&_.quiet]:font-normal [&>th]:font-[650]" : undefined}>
      <th scope="row">{name}</th>
      <td className="num">{signed(r, 2, locale)}</td>
      <td>
        <Interval r={r} low={low} high={high} firm={firm} />
      </td>
      <td className="num text-ink-3 phone:hidden">{signed(rho, 2, locale)}</td>
      <td className="num">
        {whole(n)} <span className="text-ink-3">({whole(nEffective)})</span>
      </td>
      <td className={row.pHolm === null ? "text-right" : "num"}>
        {row.pHolm === null ? t("cannotTell") : pValue(row.pHolm, locale).replace(/^p (= )?/, "")}
      </td>
    </tr>
  );
}
