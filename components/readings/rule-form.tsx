"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button, TextField } from "@/components/ui/controls";
import type { ReadingRule } from "@/lib/services/readings/keep";
import type { RuleState } from "./states";

type RuleFormProps = {
  athleteId: string;
  squadId: string;
  rule: ReadingRule;
  sports: readonly { id: string; name: string }[];
  change: (before: RuleState, form: FormData) => Promise<RuleState>;
};

/** Which of the squad's sessions are morning recordings, and reading them now. */
export function RuleForm({ athleteId, squadId, rule, sports, change }: RuleFormProps) {
  const t = useTranslations("readings.rule");
  const [state, action, pending] = useActionState(change, { kind: "idle" });
  return (
    <form action={action} className="grid gap-3" aria-busy={pending}>
      <input type="hidden" name="athleteId" value={athleteId} />
      <input type="hidden" name="squadId" value={squadId} />
      <p className="text-ink-2">{t("lead")}</p>
      <fieldset className="grid gap-1">
        <legend className="text-cell font-medium text-ink-2">{t("sports")}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {sports.map(({ id, name }) => (
            <label key={id} className="inline-flex min-h-6 items-center gap-1.5 accent-ink phone:min-h-10">
              <input type="checkbox" name="sport" value={id} defaultChecked={rule.sports.includes(id)} />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <Minutes name="shortest" label={t("shortest")} seconds={rule.shortestS} />
        <Minutes name="longest" label={t("longest")} seconds={rule.longestS} />
      </div>
      <Button disabled={pending} className="justify-self-start">
        {t("save")}
      </Button>
      <div aria-live="polite">
        {state.kind === "read" ? <p>{t("read", { n: state.found })}</p> : null}
        {state.kind === "failed" ? <p role="alert">{t("failed")}</p> : null}
      </div>
    </form>
  );
}

function Minutes({ name, label, seconds }: { name: string; label: string; seconds: number }) {
  return (
    <TextField
      id={`rule-${name}`}
      name={name}
      type="number"
      min="1"
      max="20"
      step="0.5"
      label={label}
      defaultValue={seconds / 60}
      required
    />
  );
}
