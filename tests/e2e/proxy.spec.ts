import { expect } from "@playwright/test";
import { signIn } from "./support/people";
import { product } from "./support/product";
import { test } from "./support/test";

// Every browser test runs behind a proxy that passes no header on; these look at what it must not change.

test("server actions work behind a proxy that names another host", async ({ page }) => {
  await signIn(page);
  await page.goto(`${product.origin}/operate`);
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Check and repair" }).click();
  expect((await answered).status()).toBeLessThan(400);
  await expect(page.getByText("The webhook is in order; nothing had to be changed.")).toBeVisible();
  expect(new URL(page.url()).origin).toBe(product.origin);
});

const hearsay = {
  "x-forwarded-host": "evil.example.org",
  "x-forwarded-proto": "https",
  forwarded: "host=evil.example.org",
};

test("what headers say about the address leads nowhere else", async ({ request }) => {
  for (const path of ["/squads", "/me", "/api/athlete-auth/callback/polar?error=access_denied", "/squads/"]) {
    const answer = await request.get(`${product.origin}${path}`, { headers: hearsay, maxRedirects: 0 });
    expect([path, [302, 303, 307, 308].includes(answer.status())]).toEqual([path, true]);
    const location = new URL(answer.headers().location ?? "", product.origin);
    expect([path, location.origin]).toEqual([path, product.origin]);
  }
});

test("a form from any other address is refused with the setting's name, whatever the headers say", async ({
  request,
}) => {
  for (const origin of [product.behindProxy, "https://evil.example.org", "null", "no address"]) {
    for (const path of ["/squads", "/me/stop", "/api/demo/sign-in"]) {
      const headers = { origin, "x-forwarded-host": new URL(product.behindProxy).host };
      const answer = await request.post(`${product.behindProxy}${path}`, {
        headers,
        form: { a: "b" },
        maxRedirects: 0,
      });
      expect([origin, path, answer.status()]).toEqual([origin, path, 403]);
      expect(await answer.text()).toContain(`Restday at ${product.origin}`);
      expect(await answer.text()).toContain("APP_URL");
    }
  }
});

test("somebody at another address than APP_URL reads which one it is", async ({ page }) => {
  await signIn(page);
  // Cookies belong to the host, not to its port: the coach stays signed in.
  await page.goto(`${product.behindProxy}/operate`);
  await page.getByRole("button", { name: "Check and repair" }).click();
  await expect(page.getByText(`at another address than ${product.origin}`)).toBeVisible();
  await expect(page.getByText("APP_URL")).toBeVisible();
});
