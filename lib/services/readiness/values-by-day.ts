/** Values at the index of their day, by day; of a day that occurs twice the later one. */
export function valuesByDay<T>(days: readonly number[], values: readonly T[]): Map<number, T> {
  const byDay = new Map<number, T>();
  for (const [index, day] of days.entries()) byDay.set(day, values[index] as T);
  return byDay;
}
