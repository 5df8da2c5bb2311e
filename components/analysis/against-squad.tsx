import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Card, Table } from "@/components/ui/blocks";
import { inSd } from "@/lib/number-text";
import type { HrvSource } from "@/lib/readiness/types";
import type { AgainstSquad } from "@/lib/services/analysis/squad";

type AgainstProps = { athletes: readonly AgainstSquad[]; source: HrvSource; days: number };

/** Each athlete's z less the median of the others, by name: who moved with the squad and who alone. */
export function AgainstSquadTable({ athletes, source, days }: AgainstProps) {
  const t = useTranslations("analysis.against");
  const id = `against-${source}`;
  return (
    <Card className="min-w-0" aria-labelledby={id}>
      <h2 id={id}>{t("title")}</h2>
      <p className="font-medium text-label text-ink-3 mt-0.5 mb-1.5 max-w-[62ch]">{t("lead")}</p>
      <Table caption={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("athlete")}</th>
            <th scope="col" className="num">
              {t("z")}
            </th>
            <th scope="col" className="num">
              {t("today")}
            </th>
            <th scope="col" className="pl-6 phone:hidden">
              {t("course", { n: days })}
            </th>
            <th scope="col" className="num">
              {t("mean", { n: days })}
            </th>
            <th scope="col" className="num phone:hidden">
              {t("days")}
            </th>
          </tr>
        </thead>
        <tbody>
          {athletes.map((athlete) => (
            <AthleteRow key={athlete.athleteId} athlete={athlete} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function AthleteRow({ athlete }: { athlete: AgainstSquad }) {
  const locale = useLocale();
  const one = (value: number | null) => (value === null ? "–" : inSd(value, locale));
  return (
    <tr>
      <th scope="row">
        <Link className="link" href={`/athletes/${athlete.athleteId}`} prefetch={false}>
          {athlete.name}
        </Link>
      </th>
      <td className="num">{one(athlete.z)}</td>
      <td className="num">{one(athlete.difference)}</td>
      <td className="pl-6 phone:hidden">
        <Course differences={athlete.differences} />
      </td>
      <td className="num">{one(athlete.usualDifference)}</td>
      <td className="num text-ink-3 phone:hidden">{athlete.days}</td>
    </tr>
  );
}

const WIDTH = 320;
const MIDDLE = 11;
const PER_S = 3.2;

/** The differences as dots round the squad's median. Decoration: the cells hold the numbers. */
function Course({ differences }: { differences: AgainstSquad["differences"] }) {
  const step = WIDTH / differences.length;
  const dots = differences
    .map((s, i) => {
      if (s === null) return "";
      const y = Math.max(2, Math.min(20, MIDDLE - s * PER_S));
      return `M${Math.round((i + 0.5) * step)} ${y.toFixed(1)}h0`;
    })
    .join("");
  return (
    <svg viewBox={`0 0 ${WIDTH} 22`} width={WIDTH} height="22" aria-hidden="true">
      <rect y={MIDDLE - PER_S} width={WIDTH} height={2 * PER_S} fill="var(--band)" />
      <path d={`M0 ${MIDDLE}H${WIDTH}`} stroke="var(--line-strong)" />
      <path d={dots} stroke="var(--dot)" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
