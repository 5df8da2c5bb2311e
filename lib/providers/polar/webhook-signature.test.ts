import { expect, test } from "vitest";
import { isSignedBy } from "./webhook-signature";

const body = new TextEncoder().encode('{"event":"SLEEP","user_id":475}');
const secret = "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1";
// printf '%s' '{"event":"SLEEP","user_id":475}' | openssl dgst -sha256 -hmac abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1
const signature = "fe4fcd1baa971c8ee91e995158b83496987ac591cd4219f3a41396100ba42706";

test("Polar's signature over the raw bytes is accepted", () => {
  expect(isSignedBy({ body, signature, secret })).toBe(true);
});

test.each([
  ["another secret", { body, signature, secret: "other" }],
  [
    "a changed body",
    { body: new TextEncoder().encode('{"event":"SLEEP","user_id":476}'), signature, secret },
  ],
  ["no signature", { body, signature: null, secret }],
  ["a shortened one", { body, signature: signature.slice(0, -2), secret }],
  ["no hex", { body, signature: "z".repeat(64), secret }],
])("%s is refused", (_, input) => {
  expect(isSignedBy(input)).toBe(false);
});
