/** Polar writes the same thing with kebab-case and snake_case keys, even inside one object; here all are snake_case. */
export function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replaceAll("-", "_"), snakeKeys(inner)]),
  );
}
