"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Notice } from "@/components/ui/blocks";
import { Button, SelectField, TextField } from "@/components/ui/controls";
import { BASELINE_METHODS } from "@/lib/readiness/types";
import { CheckLine } from "./check-line";
import type { SettingsField, SettingsState } from "./settings-state";

type SettingsFormProps = {
  squadId: string;
  initial: SettingsState;
  timeZones: readonly string[];
  loadKinds: readonly { kind: string; words: string }[];
  loadWords: { label: string; hint: string };
  /** Each margin that can be chosen, with what it costs and gains. */
  margins: readonly { percent: number; words: string }[];
  /** What the drift rule costs and gains, and since when the rules are as they are. */
  ruleWords: { drift: string; since: string };
  /** Absent for those who may only read: they see the same fields, closed. */
  save?: ((before: SettingsState, form: FormData) => Promise<SettingsState>) | undefined;
};

/** A squad's name, clock, mail time, baseline, load, and what its athletes see. */
export function SettingsForm(props: SettingsFormProps) {
  const { squadId, initial, timeZones, loadKinds, loadWords, margins, ruleWords, save } = props;
  const t = useTranslations("alerts.settings");
  const [state, action, pending] = useActionState(save ?? unchanged, initial);
  const { entered, field } = state;
  const zones = timeZones.includes(entered.timeZone) ? timeZones : [entered.timeZone, ...timeZones];
  const problem = (of: SettingsField) => (field === of ? t(`problem.${of}`) : undefined);
  return (
    <form action={action} className="grid gap-4" key={JSON.stringify(entered)}>
      <input type="hidden" name="squadId" value={squadId} />
      <fieldset className="grid gap-4" disabled={save === undefined}>
        {state.kind === "saved" ? <Notice>{t("saved")}</Notice> : null}
        {field === "form" ? <Notice role="alert">{t("problem.form")}</Notice> : null}
        <TextField
          id="settings-name"
          name="name"
          label={t("name")}
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={entered.name}
          problem={problem("name")}
        />
        <SelectField
          id="settings-zone"
          name="timeZone"
          label={t("timeZone")}
          hint={t("timeZoneHint")}
          defaultValue={entered.timeZone}
          problem={problem("timeZone")}
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </SelectField>
        <TextField
          id="settings-mail"
          name="mailTime"
          type="time"
          label={t("mailTime")}
          hint={t("mailTimeHint")}
          required
          defaultValue={entered.mailTime}
          problem={problem("mailTime")}
        />
        <TextField
          id="settings-share"
          name="nightsSharePercent"
          type="number"
          min={10}
          max={100}
          required
          label={t("nightsShare")}
          hint={t("nightsShareHint")}
          defaultValue={entered.nightsSharePercent}
          problem={problem("nightsSharePercent")}
        />
        <TextField
          id="settings-latest"
          name="latestMinutes"
          type="number"
          min={15}
          max={180}
          required
          label={t("latest")}
          hint={t("latestHint")}
          defaultValue={entered.latestMinutes}
          problem={problem("latestMinutes")}
        />
        <TextField
          id="settings-baseline"
          name="baselineDays"
          type="number"
          min={60}
          max={90}
          required
          label={t("baselineDays")}
          hint={t("baselineDaysHint")}
          defaultValue={entered.baselineDays}
          problem={problem("baselineDays")}
        />
        <SelectField
          id="settings-method"
          name="baselineMethod"
          label={t("baselineMethod")}
          hint={t("baselineMethodHint")}
          defaultValue={entered.baselineMethod}
        >
          {BASELINE_METHODS.map((method) => (
            <option key={method} value={method}>
              {t(`method.${method}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="settings-load"
          name="loadKind"
          label={loadWords.label}
          hint={loadWords.hint}
          defaultValue={entered.loadKind}
        >
          {loadKinds.map(({ kind, words }) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="settings-margin"
          name="loadRisePercent"
          label={t("loadRise")}
          hint={t("loadRiseHint")}
          defaultValue={entered.loadRisePercent}
        >
          {margins.map(({ percent, words }) => (
            <option key={percent} value={percent}>
              {words}
            </option>
          ))}
        </SelectField>
        <CheckLine
          name="drift"
          defaultChecked={entered.drift}
          hint={`${t("driftHint")} ${ruleWords.drift} ${ruleWords.since}`}
          hintId="settings-drift-hint"
        >
          {t("drift")}
        </CheckLine>
        <CheckLine
          name="athletesSeeLevel"
          defaultChecked={entered.athletesSeeLevel}
          hint={t("athletesSeeLevelHint")}
          hintId="settings-level-hint"
        >
          {t("athletesSeeLevel")}
        </CheckLine>
      </fieldset>
      {save ? (
        <div>
          <Button kind="primary" type="submit" disabled={pending}>
            {t("save")}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

const unchanged = async (before: SettingsState) => before;
