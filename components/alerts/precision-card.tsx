import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, Table } from "@/components/ui/blocks";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { Precision } from "@/lib/alerts/precision";
import type { SquadPrecision } from "@/lib/services/episodes/view";
import { PrecisionText } from "./precision-text";

/** How useful the squad's episodes were by its coaches' verdicts, all together and athlete by athlete. */
export function PrecisionCard({ precision }: { precision: SquadPrecision }) {
  const t = useTranslations("alerts.precision");
  const { squad, athletes } = precision;
  return (
    <Card pad="even" title={t("title")}>
      <p className="text-cell text-ink-3">{t("hint", { needed: squad.needed })}</p>
      {athletes.length === 0 ? (
        <p className="text-ink-3">{t("none")}</p>
      ) : (
        <ScrollBox label={t("title")}>
          <Table caption={t("title")}>
            <thead>
              <tr>
                <th scope="col">{t("athlete")}</th>
                <th scope="col">{t("figure")}</th>
              </tr>
            </thead>
            <tbody>
              <PrecisionRow name={<b>{t("squad")}</b>} precision={squad} />
              {athletes.map(({ athleteId, name, precision }) => (
                <PrecisionRow
                  key={athleteId}
                  name={
                    <Link className="link" href={`/athletes/${athleteId}#episodes`} prefetch={false}>
                      {name}
                    </Link>
                  }
                  precision={precision}
                />
              ))}
            </tbody>
          </Table>
        </ScrollBox>
      )}
    </Card>
  );
}

function PrecisionRow({ name, precision }: { name: React.ReactNode; precision: Precision }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <PrecisionText precision={precision} />
      </td>
    </tr>
  );
}
