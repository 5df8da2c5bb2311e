import { describe, expect, it } from "vitest";
import { hrefOf, type UrlState } from "./url-state";

const start: UrlState = {
  date: null,
  levels: [],
  group: null,
  find: "",
  unseenOnly: false,
  sort: "attention",
};

describe("a squad page's address", () => {
  it("is short when everything is as it starts", () => {
    expect(hrefOf("/squads/1", start)).toBe("/squads/1");
  });

  it("holds what was chosen", () => {
    const state: UrlState = {
      ...start,
      date: "2026-11-18",
      levels: ["flag", "watch"],
      find: "élise",
      unseenOnly: true,
      sort: "z",
    };
    expect(hrefOf("/squads/1", state)).toBe(
      "/squads/1?date=2026-11-18&level=flag&level=watch&find=%C3%A9lise&unseen=1&sort=z",
    );
  });
});
