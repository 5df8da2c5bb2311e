import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { stubEnvironment } from "../support/environment";

stubEnvironment({
  JOBS_ENGINE: "inngest",
  INNGEST_BASE_URL: "http://127.0.0.1:1",
  INNGEST_EVENT_KEY: "test",
  INNGEST_SIGNING_KEY: `signkey-test-${"0".repeat(64)}`,
});
const { POST } = await import("@/app/api/inngest/route");

const status = async (body: string, query = "fnId=restday-sync-due&stepId=step") => {
  const request = new NextRequest(`http://localhost:3000/api/inngest?${query}`, { method: "POST", body });
  return (await POST(request, { params: Promise.resolve({}) })).status;
};

test.each(["{", "a=b", "\0", '{"ctx":'])("what is no JSON is refused: %j", async (body) => {
  expect(await status(body)).toBe(400);
});

test.each(["", "{}", "[]", "null", "7", '{"ctx":{"run_id":"x"},"event":{}}'])(
  "what nobody signed is nobody's: %s",
  async (body) => {
    expect(await status(body)).toBe(401);
    expect(await status(body, "fnId=nobody")).toBe(401);
    expect(await status(body, "")).toBe(401);
  },
);
