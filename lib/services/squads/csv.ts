import { csvOf } from "@/lib/csv";
import type { HeatmapView } from "./heatmap";

/** The heatmap's days, one line per athlete and day. */
export function daysCsv(view: HeatmapView): string {
  return csvOf(
    ["date", "athlete", "group", "level", "grade", "reason", "source", "z", "rmssd_ms", "load", "load_kind"],
    view.athletes.flatMap(({ name, groupName, cells }) =>
      cells.flatMap((cell) =>
        cell
          ? [
              [
                cell.date,
                name,
                groupName,
                cell.level,
                cell.grade,
                cell.reason,
                cell.source,
                cell.z,
                cell.rmssdMs,
                cell.load,
                view.squad.loadKind,
              ],
            ]
          : [],
      ),
    ),
  );
}
