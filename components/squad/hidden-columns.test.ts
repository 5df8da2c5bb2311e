import { expect, test } from "vitest";
import { HIDEABLE, hiddenColumns, keepHidden } from "./hidden-columns";

test("what was not chosen is hidden, and stays so in the browser", () => {
  const kept = keepHidden(HIDEABLE.filter((column) => column !== "z" && column !== "sleep"));
  expect(kept).toBe("z.sleep");
  expect(hiddenColumns(kept)).toEqual(["z", "sleep"]);
});

test("nothing is kept when every column shows, and nothing hidden by a cookie that is not ours", () => {
  expect(keepHidden(HIDEABLE)).toBe("");
  expect(hiddenColumns(undefined)).toEqual([]);
  expect(hiddenColumns("name.level; drop.Z")).toEqual([]);
});
