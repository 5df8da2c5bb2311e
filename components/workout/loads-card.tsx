import { useTranslations } from "next-intl";
import { whole } from "@/components/format/numbers";
import { Card, Table } from "@/components/ui/blocks";
import type { WorkoutView } from "@/lib/services/workouts/view";

/** The session's load under every kind that a squad can choose, or what it lacks; and where the recording lies. */
export function LoadsCard({ view }: { view: WorkoutView }) {
  const t = useTranslations("workout.loads");
  const kinds = useTranslations("load.kind");
  const inputs = useTranslations("load.missing");
  return (
    <Card title={t("title")} titleId="loads-title">
      {view.loads.length === 0 ? (
        <p className="text-ink-3">{t("none")}</p>
      ) : (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <th scope="col">{t("kind")}</th>
              <th scope="col" className="num">
                {t("load")}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.loads.map(({ kind, load, missing }) => (
              <tr key={kind}>
                <th scope="row">{kinds(kind)}</th>
                <td className="num">
                  {load === null ? (
                    <span className="text-ink-3">
                      {t("lacks", { inputs: missing.map((it) => inputs(it)).join(", ") })}
                    </span>
                  ) : (
                    whole(load)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {view.fileFormats.length > 0 ? (
        <p className="text-cell text-ink-3 pt-2">
          {t("files", { formats: view.fileFormats.join(", ").toUpperCase() })}
        </p>
      ) : null}
    </Card>
  );
}
