import type { Answer } from "./asking";

export type Tally = {
  count(answer: Answer): void;
  /** Routes by what they answered: `route | status: kind ×n, kind ×n`, one line for each route. */
  table(): string;
  /** The totals in one line. */
  total(): string;
};

/** Counts answers by route, kind and status. */
export function newTally(): Tally {
  const counts = new Map<string, Map<number, Map<string, number>>>();
  let asked = 0;
  return {
    count({ request: { route, kind }, status }) {
      asked += 1;
      const byStatus = entry(counts, route, () => new Map<number, Map<string, number>>());
      const byKind = entry(byStatus, status, () => new Map<string, number>());
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    },
    table: () =>
      [...counts]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([route, of]) => line(route, of))
        .join("\n"),
    total() {
      const statuses = new Map<number, number>();
      for (const [status, kinds] of [...counts.values()].flatMap((of) => [...of]))
        statuses.set(status, (statuses.get(status) ?? 0) + sum(kinds));
      const parts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
      return `${asked} requests to ${counts.size} routes (${parts.join(", ")})`;
    },
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

const sum = (kinds: ReadonlyMap<string, number>) => [...kinds.values()].reduce((all, n) => all + n, 0);

function line(route: string, byStatus: ReadonlyMap<number, ReadonlyMap<string, number>>): string {
  const parts = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, kinds]) => {
      const named = [...kinds].map(([kind, n]) => (n === 1 ? kind : `${kind} ×${n}`));
      return `${status}: ${named.toSorted().join(", ")}`;
    });
  return [route, ...parts].join("\n    ");
}
