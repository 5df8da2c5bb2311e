import { expect, test } from "vitest";
import { measureHouse } from "@/scripts/house/measure";

const house = measureHouse();

test("no folder of services reaches itself through another", () => {
  expect(house.circlesOfFolders).toEqual([]);
});

test("nothing is typed as any", () => {
  expect(house.all.any).toBe(0);
});
