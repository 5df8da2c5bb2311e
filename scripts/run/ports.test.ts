import { createServer } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { anyFreePort, freePort, isPortFree } from "./ports";

const server = createServer();
let taken: number;
beforeEach(async () => {
  taken = await anyFreePort("127.0.0.1");
  await new Promise<void>((resolve) => server.listen(taken, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

it("tells a taken port from a free one", async () => {
  expect(await isPortFree(taken, "127.0.0.1")).toBe(false);
  expect(await isPortFree(await anyFreePort("127.0.0.1"), "127.0.0.1")).toBe(true);
});

it("moves to the next port that is neither taken nor promised", async () => {
  const first = await freePort(taken, "127.0.0.1");
  expect(first).toBeGreaterThan(taken);
  expect(await freePort(taken, "127.0.0.1", [first])).toBeGreaterThan(first);
});
