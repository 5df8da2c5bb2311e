import { useTranslations } from "next-intl";
import { Card, Table } from "@/components/ui/blocks";
import type { LoadCoverage } from "@/lib/services/squads/load-coverage";

const NAMED = 3;

/** What each kind of daily load could tell of a squad's last weeks, and what is missing for the rest. */
export function LoadCoverageCard({ coverage }: { coverage: readonly LoadCoverage[] }) {
  const t = useTranslations("load.coverage");
  const kinds = useTranslations("load.kind");
  return (
    <Card pad="even" title={t("title")}>
      <Table caption={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("kind")}</th>
            <th scope="col">{t("known")}</th>
            <th scope="col">{t("missing")}</th>
          </tr>
        </thead>
        <tbody>
          {coverage.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{kinds(row.kind)}</th>
              <td>
                <Known row={row} />
              </td>
              <td>
                <Missing row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="text-cell text-ink-3 pt-2">{t("text")}</p>
    </Card>
  );
}

function Known({ row: { kind, known, of } }: { row: LoadCoverage }) {
  const t = useTranslations("load.coverage");
  const days = kind === "cardio-load";
  if (of === 0) return t(days ? "noDays" : "noSessions");
  return t(days ? "days" : "sessions", { known, of });
}

function Missing({ row: { missing, of } }: { row: LoadCoverage }) {
  const t = useTranslations("load.coverage");
  const inputs = useTranslations("load.missing");
  if (missing.length === 0) return of === 0 ? "–" : t("nothing");
  return (
    <ul>
      {missing.map(({ input, sessions, athletes }) => (
        <li key={input}>
          {sessions > 0
            ? t("inSessions", { input: inputs(input), n: sessions })
            : t("ofAthletes", {
                input: inputs(input),
                names: athletes.slice(0, NAMED).join(", "),
                more: Math.max(0, athletes.length - NAMED),
              })}
        </li>
      ))}
    </ul>
  );
}
