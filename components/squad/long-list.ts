/** Above this many rows only those near the window are in the page. */
export const ALL_AT_ONCE = 200;

/** Of a long list, chunks that begin before this row come with the page. */
export const WITH_PAGE = 40;
