import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { Card, Notice, Table } from "@/components/ui/blocks";
import type { LoadSum } from "@/lib/readiness/load/load-numbers";
import type { LoadCardView } from "@/lib/services/athletes/view";
import { LoadDescribed } from "./load-described";

/** An athlete's load in numbers as of the evening before the chosen day: sums and means, then other ways of describing it. */
export function LoadCard({ load }: { load: LoadCardView }) {
  const t = useTranslations("load.card");
  const words = useTranslations("load");
  const locale = useLocale();
  const scored = load.numbers.fitness !== null;
  return (
    <Card title={t("title")} titleId="load-title" id="load">
      <p className="text-ink-3">
        {scored
          ? t("lead", { kind: words(`kind.${load.kind}`), day: civil(load.to, "short", locale) })
          : t("none")}
      </p>
      {scored ? (
        <>
          <Unknown load={load} />
          <Sums load={load} />
          <LoadDescribed load={load} />
        </>
      ) : null}
      <p className="pt-2">
        <Link className="link" href="/methods#load" prefetch={false}>
          {t("methods")}
        </Link>
      </p>
    </Card>
  );
}

function Unknown({ load: { unknownDays, missing } }: { load: LoadCardView }) {
  const t = useTranslations("load.card");
  const inputs = useTranslations("load.missing");
  if (unknownDays === 0) return null;
  return (
    <Notice role="note">
      {t("unknown", { n: unknownDays })}{" "}
      {missing.map(({ input, sessions }) => t("lacks", { n: sessions, input: inputs(input) })).join(" ")}
    </Notice>
  );
}

function Sums({ load: { numbers } }: { load: LoadCardView }) {
  const t = useTranslations("load.card");
  const mean = (value: number | null) => (value === null ? t("notKnown") : whole(value));
  const rows = [
    ["sum", <Sum key="7" sum={numbers.sum7} />, <Sum key="28" sum={numbers.sum28} />],
    ["mean", mean(numbers.mean7), mean(numbers.mean28)],
    ["ewma", mean(numbers.ewma7), mean(numbers.ewma28)],
  ] as const;
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("measure")}</th>
          <th scope="col" className="num">
            {t("days7")}
          </th>
          <th scope="col" className="num">
            {t("days28")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, week, month]) => (
          <tr key={name}>
            <th scope="row">{t(name)}</th>
            <td className="num">{week}</td>
            <td className="num">{month}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Sum({ sum }: { sum: LoadSum | null }) {
  const t = useTranslations("load.card");
  if (sum === null || sum.known === 0) return t("notKnown");
  if (sum.known === sum.of) return whole(sum.sum);
  return (
    <>
      {whole(sum.sum)}{" "}
      <span className="text-ink-3 block">{t("knownOf", { known: sum.known, of: sum.of })}</span>
    </>
  );
}
