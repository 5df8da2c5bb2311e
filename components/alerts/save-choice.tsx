import { useTranslations } from "next-intl";
import { Button, ButtonAnchor } from "@/components/ui/controls";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";

type SaveChoiceProps = {
  id: string;
  view: BacktestView;
  chosen: Preset;
  choose: (preset: Preset) => void;
  save: ((form: FormData) => Promise<void>) | undefined;
};

/** The form that the radio buttons belong to; nothing is kept before it is sent. */
export function SaveChoice({ id, view, chosen, choose, save }: SaveChoiceProps) {
  const t = useTranslations("alerts.save");
  const name = useTranslations("alerts.presetName");
  const { squad, baselineDays, ruleVersion } = view;
  if (!save) return <p className="text-ink-3 pt-3">{t("viewer")}</p>;
  const isOtherBaseline = baselineDays !== squad.baselineDays;
  const isInUse = chosen === squad.preset && !isOtherBaseline;
  const label = isOtherBaseline
    ? t("withBaseline", { preset: name(chosen), days: baselineDays })
    : t("named", { preset: name(chosen) });
  return (
    <form id={id} action={save} className="mt-3.5 flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden">
      <input type="hidden" name="squadId" value={squad.id} />
      <input type="hidden" name="baselineDays" value={baselineDays} />
      {isInUse ? (
        <>
          <noscript>
            <Button type="submit" kind="primary">
              {t("plain")}
            </Button>
          </noscript>
          <p className="flex-[1_1_260px] text-cell phone:text-[0.8125rem] phone:leading-[1.125rem]">
            {t("inUse", { preset: name(chosen), days: baselineDays })}
          </p>
        </>
      ) : (
        <>
          <Button kind="primary" type="submit">
            {label}
          </Button>
          {chosen === squad.preset ? null : (
            // A link, so that it works without JavaScript too.
            <ButtonAnchor
              href={`/squads/${squad.id}/alerts?baseline=${baselineDays}`}
              onClick={(event) => {
                event.preventDefault();
                choose(squad.preset);
              }}
            >
              {t("back", { preset: name(squad.preset) })}
            </ButtonAnchor>
          )}
          <p className="flex-[1_1_260px] text-ink-3 text-cell phone:text-[0.8125rem] phone:leading-[1.125rem]">
            {t("effect", { version: ruleVersion })}
          </p>
        </>
      )}
    </form>
  );
}
