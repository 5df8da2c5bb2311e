/** What every row of a squad table shares: its words, and what the page alone can do. */
export type TableFrame = {
  squadId: string;
  words: TableWords;
  /** Absent for those who may only read. */
  say?: ((form: FormData) => Promise<void>) | undefined;
};

/** Labels of the rows; `{name}`, `{n}` and `{ms}` stand for what they say. */
export type TableWords = {
  why: string;
  whyOf: string;
  spark: string;
  wait: string;
  acknowledge: string;
  acknowledgeOf: string;
  acknowledged: string;
  undo: string;
  print: string;
};
