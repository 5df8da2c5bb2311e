/** The page asked for, counted from 1, with where it begins; beyond the last page, the last. */
export function pageWithin(of: { page: number; total: number; perPage: number }): {
  page: number;
  offset: number;
} {
  const page = Math.min(of.page, Math.max(1, Math.ceil(of.total / of.perPage)));
  return { page, offset: (page - 1) * of.perPage };
}
