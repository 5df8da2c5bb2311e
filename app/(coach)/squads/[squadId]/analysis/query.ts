import { z } from "zod";

export const RANGES = [28, 56, 90] as const;

/** What the address of the analysis page says; anything else means the default. */
export const analysisQuery = z.object({
  days: z.coerce
    .number()
    .transform((days) => RANGES.find((range) => range === days) ?? 28)
    .catch(28),
  view: z.enum(["charts", "table"]).catch("charts"),
  page: z.coerce.number().int().min(1).catch(1),
});

export type AnalysisQuery = z.output<typeof analysisQuery>;

/** The address of a state, without what is the default. */
export function addressOf(path: string, state: AnalysisQuery): string {
  const pairs = {
    days: state.days === 28 ? "" : String(state.days),
    view: state.view === "charts" ? "" : state.view,
    page: state.page === 1 ? "" : String(state.page),
  };
  const queryText = new URLSearchParams(Object.entries(pairs).filter(([, value]) => value !== ""));
  return queryText.size > 0 ? `${path}?${queryText}` : path;
}
