const MOST = 10_000;

/** Keeps what was made for a key, and forgets all of it when it has become too much. */
export function createKept() {
  const kept = new Map<string, string>();
  return (key: string, make: () => string): string => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST) kept.clear();
    const made = make();
    kept.set(key, made);
    return made;
  };
}
