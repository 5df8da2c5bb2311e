"use client";

import { useTranslations } from "next-intl";
import { useActionState, useSyncExternalStore } from "react";
import { Button, SelectField, TextField } from "@/components/ui/controls";
import type { Preset } from "@/lib/readiness/types";

export type CreateState = { field: string | null; name: string };

type CreateSquadProps = {
  create: (before: CreateState, form: FormData) => Promise<CreateState>;
  timeZones: readonly string[];
  /** What each preset tells, and how often by chance. */
  presets: readonly { preset: Preset; words: string }[];
};

const never = () => () => {};

/** Name, time zone, and the question how often a coach wants to be told. */
export function CreateSquad({ create, timeZones, presets }: CreateSquadProps) {
  const t = useTranslations("squad.squads");
  const [state, action, pending] = useActionState(create, { field: null, name: "" });
  const here = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  const zones = timeZones.includes(here) ? timeZones : [here, ...timeZones];
  return (
    <form action={action} className="grid max-w-[560px] gap-4">
      <TextField
        id="squad-name"
        name="name"
        label={t("name")}
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={state.name}
        problem={state.field === "name" ? t("badName") : undefined}
      />
      <SelectField
        key={here}
        id="squad-zone"
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        defaultValue={here}
        problem={state.field === "timeZone" ? t("badTimeZone") : undefined}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <fieldset className="grid gap-2">
        <legend className="text-cell font-medium text-ink-2 pb-1">{t("question")}</legend>
        {presets.map(({ preset, words }) => (
          <label
            key={preset}
            className="grid cursor-pointer grid-cols-[16px_minmax(0,1fr)] items-start gap-2.5 rounded-card border border-line bg-surface px-3 py-2.5 has-checked:border-ink"
          >
            <input
              type="radio"
              className="mt-0.5 accent-ink"
              name="preset"
              value={preset}
              defaultChecked={preset === "brief"}
            />
            <span>
              <b className="font-[550]">{t(`preset.${preset}.name`)}</b>
              <span className="block text-cell text-ink-2">{words}</span>
            </span>
          </label>
        ))}
        <p className="text-cell text-ink-3">{t("recommended")}</p>
      </fieldset>
      {state.field === "form" ? <p role="alert">{t("refused")}</p> : null}
      <div>
        <Button type="submit" kind="primary" disabled={pending}>
          {t("make")}
        </Button>
      </div>
    </form>
  );
}
