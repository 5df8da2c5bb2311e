import { z } from "zod";
import { addressOf, daysOf, one, pageNumber, wordOf } from "@/app/search";
import { presetFor } from "@/components/alerts/preset-for";
import { PRESETS, type Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { HEATMAP_ORDERS } from "@/lib/services/squads/heatmap";

// What the addresses of a squad's pages say; what a page does not understand counts as absent.

/** Days that heatmap and analysis can show. */
export const RANGES = [28, 56, 90] as const;

const heatmapSearch = z.object({
  days: daysOf(RANGES, 28),
  group: one.transform((value) => value ?? null),
  by: wordOf(HEATMAP_ORDERS),
  numbers: one.transform((value) => value === "1"),
  page: pageNumber,
});

export type HeatmapSearch = z.output<typeof heatmapSearch>;

export const readHeatmapSearch = (search: unknown) => heatmapSearch.parse(search);

export function heatmapAddress(path: string, state: HeatmapSearch): string {
  return addressOf(path, {
    days: state.days === 28 ? "" : String(state.days),
    group: state.group ?? "",
    by: state.by === "attention" ? "" : state.by,
    numbers: state.numbers ? "1" : "",
    page: state.page === 1 ? "" : String(state.page),
  });
}

const analysisSearch = z.object({
  days: daysOf(RANGES, 28),
  view: wordOf(["charts", "table"]),
  page: pageNumber,
});

export type AnalysisSearch = z.output<typeof analysisSearch>;

export const readAnalysisSearch = (search: unknown) => analysisSearch.parse(search);

export function analysisAddress(path: string, state: AnalysisSearch): string {
  return addressOf(path, {
    days: state.days === 28 ? "" : String(state.days),
    view: state.view === "charts" ? "" : state.view,
    page: state.page === 1 ? "" : String(state.page),
  });
}

const number = (schema: z.ZodType<number>) =>
  one.transform((value) => (value ? schema.safeParse(value).data : undefined));

const alertsSearch = z.object({
  preset: one.transform((value) => PRESETS.find((known) => known === value)),
  baseline: number(z.coerce.number().int().min(60).max(90)),
  accept: number(z.coerce.number().min(0).max(7)),
  say: one,
});

export type AlertsSearch = z.output<typeof alertsSearch>;

export const readAlertsSearch = (search: unknown) => alertsSearch.parse(search);

/** The preset that the address asks for, by name or by the mails a week that are accepted; the squad's own otherwise. */
export function presetAsked({ preset, accept }: AlertsSearch, view: BacktestView): Preset {
  if (preset) return preset;
  if (accept === undefined || !view.replay) return view.squad.preset;
  const { brief, balanced, quiet } = view.replay;
  return presetFor(accept, {
    brief: brief.mailsPerWeek,
    balanced: balanced.mailsPerWeek,
    quiet: quiet.mailsPerWeek,
  });
}

/** Which athletes the connections page lists. */
export const CONNECTIONS_SHOWN = ["all", "action", "quarantine"] as const;

export type ConnectionsShown = (typeof CONNECTIONS_SHOWN)[number];

const connectionsSearch = z.object({ show: wordOf(CONNECTIONS_SHOWN) });

export const readConnectionsSearch = (search: unknown) => connectionsSearch.parse(search);
