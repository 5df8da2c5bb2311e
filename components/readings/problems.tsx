import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/blocks";
import type { ReadingProblem } from "@/lib/services/readings/read-readings";
import type { RrState } from "./states";

/** What is wrong with an upload, line by line. */
export function Problems({ problems, count }: { problems: readonly ReadingProblem[]; count?: number }) {
  const t = useTranslations("readings");
  const more = (count ?? problems.length) - problems.length;
  return (
    <Notice role="alert">
      <p className="font-semibold text-ink">{t("nothingStored")}</p>
      <ul>
        {problems.map(({ line, field, problem }) => (
          <li key={`${line}-${field}-${problem}`}>
            {line === null
              ? t("whole", { field: t(`field.${field}`), problem: t(`problem.${problem}`) })
              : t("atLine", { line, field: t(`field.${field}`), problem: t(`problem.${problem}`) })}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-ink-3">{t("more", { n: more })}</p> : null}
    </Notice>
  );
}

/** An upload that was not taken; after too many of them, when there is room for the next. */
export function Failed({ state }: { state: Extract<RrState, { kind: "failed" }> }) {
  const t = useTranslations("readings");
  return <p role="alert">{state.wait ? t("tooMany", state.wait) : t("notTaken")}</p>;
}
