import { useTranslations } from "next-intl";
import { Button, Select } from "@/components/ui/controls";
import { CAUSES, type Verdict } from "@/lib/alerts/causes";
import { VerdictFields } from "./verdict-fields";

type VerdictFormProps = {
  athleteId: string;
  openedOn: string;
  squadId: string;
  name: string;
  choices: readonly Verdict[];
  say: (form: FormData) => Promise<void>;
};

/** What a coach makes of an episode, one button each and the cause where it is known; works before any script has loaded. */
export function VerdictForm({ athleteId, openedOn, squadId, name, choices, say }: VerdictFormProps) {
  const t = useTranslations("squad.coach");
  return (
    <form action={say} className="inline-flex flex-wrap gap-1.5">
      <VerdictFields athleteId={athleteId} openedOn={openedOn} squadId={squadId} />
      {choices.map((choice, i) => (
        <span key={choice} className="inline-flex items-center gap-1.5">
          {choice === "known-cause" ? (
            <Select name="cause" fit="small" aria-label={t("causeLabel")}>
              {/* Nothing is chosen for the coach: a cause is a statement about somebody's health. */}
              <option value="">{t("causeNone")}</option>
              {CAUSES.map((cause) => (
                <option key={cause} value={cause}>
                  {t(`cause.${cause}`)}
                </option>
              ))}
            </Select>
          ) : null}
          <Button
            type="submit"
            size="small"
            kind={choice === "acknowledged" && i === 0 ? "primary" : "default"}
            name="verdict"
            value={choice}
            aria-label={t(`sayOf.${choice}`, { name })}
          >
            {t(`say.${choice}`)}
          </Button>
        </span>
      ))}
    </form>
  );
}
