import { z } from "zod";
import { presetFor } from "@/components/alerts/preset-for";
import { PRESETS, type Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";

const one = z.union([z.string(), z.array(z.string()).transform((values) => values[0] ?? "")]).optional();
const wholeDays = z.coerce.number().int().min(60).max(90);
const mailsAWeek = z.coerce.number().min(0).max(7);

const query = z.object({
  preset: one.transform((value) => PRESETS.find((known) => known === value)),
  baseline: one.transform((value) => (value ? wholeDays.safeParse(value).data : undefined)),
  accept: one.transform((value) => (value ? mailsAWeek.safeParse(value).data : undefined)),
  say: one,
});

export type AlertsQuery = z.output<typeof query>;

/** Reads the page's address; what it does not understand counts as absent. */
export function alertsQuery(params: Record<string, string | string[] | undefined>): AlertsQuery {
  return query.parse(params);
}

/** The preset that the address asks for, by name or by the mails a week that are accepted; the squad's own otherwise. */
export function presetAsked({ preset, accept }: AlertsQuery, view: BacktestView): Preset {
  if (preset) return preset;
  if (accept === undefined || !view.replay) return view.squad.preset;
  const { brief, balanced, quiet } = view.replay;
  return presetFor(accept, {
    brief: brief.mailsPerWeek,
    balanced: balanced.mailsPerWeek,
    quiet: quiet.mailsPerWeek,
  });
}
