/** What was offered, fetched and committed, by athlete and family, and how many requests it took. */

export type TrackedFamily = "exercises" | "activities" | "physical-informations";
export type PlainFamily =
  | "exercises"
  | "activities"
  | "sleep"
  | "nightly-recharge"
  | "cardio-load"
  | "continuous-heart-rate"
  | "physical-info"
  | "sleepwise"
  | "biosensing";
type Step = "offered" | "fetched" | "committed";
type RecentRequest = { at: string; method: string; path: string; status: number; login: string | null };

function addTo<K, V>(map: Map<K, Set<V>>, key: K, values: Iterable<V>): void {
  const set = map.get(key) ?? new Set<V>();
  for (const value of values) set.add(value);
  map.set(key, set);
}

export function createTracking() {
  const steps = new Map<string, Set<number>>();
  const plain = new Map<string, Set<string>>();
  let byUser: Record<string, Record<string, number>> = {};
  let byRoute: Record<string, number> = {};
  let recent: RecentRequest[] = [];
  let total = 0;

  return {
    record: (login: string, family: TrackedFamily, step: Step, ids: number[]) =>
      addTo(steps, `${login}|${family}|${step}`, ids),
    seen: (login: string, family: TrackedFamily, step: Step): number[] => [
      ...(steps.get(`${login}|${family}|${step}`) ?? []),
    ],
    served: (login: string, family: PlainFamily, ids: string[]) => addTo(plain, `${login}|${family}`, ids),
    servedOf: (login: string, family: PlainFamily): string[] => [...(plain.get(`${login}|${family}`) ?? [])],
    wasAsked: (login: string, family: PlainFamily): boolean => plain.has(`${login}|${family}`),
    request(entry: RecentRequest, routePattern: string, family: string): void {
      total += 1;
      const key = `${entry.method} ${routePattern}`;
      byRoute[key] = (byRoute[key] ?? 0) + 1;
      const user = entry.login ?? "(client)";
      byUser[user] ??= {};
      byUser[user][family] = (byUser[user][family] ?? 0) + 1;
      recent = [...recent.slice(-199), entry];
    },
    requests: () => ({ total, byUser, byRoute, recent }),
    resetRequests: () => {
      [byUser, byRoute, recent, total] = [{}, {}, [], 0];
    },
    reset: () => {
      steps.clear();
      plain.clear();
    },
  };
}

export type Tracking = ReturnType<typeof createTracking>;
