import { useTranslations } from "next-intl";
import { whole } from "@/components/format/numbers";
import type { WorkoutView } from "@/lib/services/workouts/view";

/** The session's load under every kind that a squad can choose, or what it lacks; and where the recording lies. */
export function LoadsCard({ view }: { view: WorkoutView }) {
  const t = useTranslations("workout.loads");
  const kinds = useTranslations("load.kind");
  const inputs = useTranslations("load.missing");
  return (
    <section className="card" aria-labelledby="loads-title">
      <h2 id="loads-title">{t("title")}</h2>
      {view.loads.length === 0 ? (
        <p className="quiet">{t("none")}</p>
      ) : (
        <table className="plain">
          <caption className="unseen">{t("title")}</caption>
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
                    <span className="quiet">
                      {t("lacks", { inputs: missing.map((it) => inputs(it)).join(", ") })}
                    </span>
                  ) : (
                    whole(load)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.fileFormats.length > 0 ? (
        <p className="field-hint pt-2">
          {t("files", { formats: view.fileFormats.join(", ").toUpperCase() })}
        </p>
      ) : null}
    </section>
  );
}
