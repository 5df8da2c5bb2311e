import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { decimal, signed, signedPercent, whole } from "@/components/format/numbers";
import { wordFor } from "@/components/format/word";
import { Table } from "@/components/ui/blocks";
import type { LoadCardView } from "@/lib/services/athletes/view";

type Line = { name: string; value: string | null; text: string; settling?: boolean };

/** Week on week, monotony, fitness and fatigue, ratios, Polar's own: each with its form, none with a verdict. */
export function LoadDescribed({ load }: { load: LoadCardView }) {
  const t = useTranslations("load.card");
  const lines = useLines(load);
  return (
    <>
      <Table caption={t("more")}>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("measure")}</th>
            <th scope="col">{t("value")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, value, text, settling }) => (
            <tr key={name} className={settling ? "text-ink-3" : undefined}>
              <th scope="row">
                {name} <span className="text-ink-3 block">{text}</span>
              </th>
              <td className="num">{value ?? t("notKnown")}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="text-cell text-ink-3 pt-2">{t("critique")}</p>
    </>
  );
}

function useLines(load: LoadCardView): Line[] {
  const t = useTranslations("load.card");
  const locale = useLocale();
  const { numbers } = load;
  const { sum7, before7, changePercent, fitness } = numbers;
  const number = (value: number | null, digits: number) =>
    value === null ? null : decimal(value, digits, locale);
  const sum = (of: typeof sum7) => (of && of.known === of.of ? whole(of.sum) : t("notKnown"));
  const settling = fitness?.settling ?? false;
  const form = settling ? t("settling") : t("form");
  return [
    {
      name: t("week"),
      value: changePercent === null ? null : signedPercent(changePercent, locale),
      text: t("weekText", { last: sum(sum7), before: sum(before7) }),
    },
    {
      name: t("monotony"),
      value: number(numbers.monotony, 1),
      text: numbers.monotony === null ? t("alike") : t("monotonyText"),
    },
    {
      name: t("strain"),
      value: numbers.strain === null ? null : whole(numbers.strain),
      text: numbers.strain === null ? t("alike") : t("strainText"),
    },
    { name: t("ctl"), value: number(fitness?.ctl ?? null, 0), text: form, settling },
    { name: t("atl"), value: number(fitness?.atl ?? null, 0), text: form, settling },
    {
      name: t("tsb"),
      value: fitness ? signed(fitness.tsb, 0, locale) : null,
      text: settling ? t("settling") : t("tsbText"),
      settling,
    },
    { name: t("coupled"), value: number(numbers.coupled, 2), text: t("coupledText") },
    { name: t("uncoupled"), value: number(numbers.uncoupled, 2), text: t("uncoupledText") },
    ...usePolarLines(load),
  ];
}

function usePolarLines({ polar }: LoadCardView): Line[] {
  const t = useTranslations("load.card");
  const locale = useLocale();
  if (!polar) return [];
  const number = (value: number | null) => (value === null ? "–" : decimal(value, 1, locale));
  const words = [
    ...(polar.status === null ? [] : [wordFor(t, `status.${polar.status}`) ?? polar.status]),
    t("polarText", { day: civil(polar.date, "short", locale) }),
  ];
  const value = `${number(polar.strain)} / ${number(polar.tolerance)}`;
  return [{ name: t("polar"), value, text: words.join("; ") }];
}
