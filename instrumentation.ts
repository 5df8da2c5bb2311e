import { errorWithoutValues } from "@/lib/error-without-values";

/** Next prints what a page throws; a failed query is printed without its parameters, which may be health values. */
export function register(): void {
  const print = console.error.bind(console);
  console.error = (...parts: unknown[]) => print(...parts.map(errorWithoutValues));
}
