/** An arrow for the eye: level while the change stays within the dead band. */
export function arrowOf(change: number, deadBand: number): "↗" | "→" | "↘" {
  if (change > deadBand) return "↗";
  return change < -deadBand ? "↘" : "→";
}
