import type { Browser, Page } from "@playwright/test";
import type postgres from "postgres";
import { mailTo } from "../e2e/support/mailbox";
import { coach, connect, invite, makeSquad, newcomer, signIn } from "../e2e/support/people";
import { product } from "../e2e/support/product";
import type { Person } from "./asking";
import type { Ids } from "./requests";

export type People = {
  owner: Person;
  coach: Person;
  viewer: Person;
  athlete: Person;
  /** The ids of the squad and the athlete that the walk may do anything to. */
  ids: Ids;
  /** Mails with links for somebody who has not signed in. */
  mails: string[];
};

/** Everybody who walks, with a squad of their own in which they may break what they like. */
export async function meetPeople(page: Page, browser: Browser, database: postgres.Sql): Promise<People> {
  await signIn(page);
  const squad = new URL(await makeSquad(page, `Walked ${Date.now()}`));
  const squadId = squad.pathname.split("/")[2] ?? "";
  const olga = newcomer("Olga");
  const address = `${olga.login}@example.org`;
  const phone = await connect(browser, await invite(page, { name: olga.name, email: address }), olga);
  const [row] = await database<[{ athleteId: string }]>`
    select a.id as "athleteId" from athletes a join connections c on c.athlete_id = a.id where a.squad_id = ${squadId}`;
  const owner = { name: "owner", cookie: await cookieOf(page, /coach/) };
  const ids = { squadId, athleteId: row?.athleteId ?? "" };
  return {
    owner,
    coach: { name: "coach", cookie: await sessionOf(database, "coach", owner.cookie) },
    viewer: { name: "viewer", cookie: await sessionOf(database, "viewer", owner.cookie) },
    athlete: { name: "athlete", cookie: await cookieOf(phone, /athlete/) },
    ids,
    mails: await mailsWithLinks(page, squadId, address),
  };
}

/** Asks for a mail of each kind that holds a link. */
async function mailsWithLinks(page: Page, squadId: string, athlete: string): Promise<string[]> {
  const stamp = Date.now();
  await page.goto(`${product.origin}/squads/${squadId}/athletes`);
  await invite(page, { name: "Not yet there", email: `waiting-${stamp}@example.org` });
  await page.getByText("Change", { exact: true }).first().click();
  const change = page
    .locator("form")
    .filter({ has: page.getByRole("button", { name: "Save", exact: true }) });
  await change.getByLabel("E-mail", { exact: true }).fill(`proposed-${stamp}@example.org`);
  await change.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Proposed:").waitFor();
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(`${product.origin}${path}`, { form, headers: { origin: product.origin } });
  await post("/settings/team/invite", { email: `joins-${stamp}@example.org`, role: "coach" });
  await post("/sign-in/request", { email: coach });
  await post("/me/sign-in/link", { email: athlete });
  const mails = await Promise.all([
    mailTo(`waiting-${stamp}@example.org`, /invites you/),
    mailTo(athlete, /address/i),
    mailTo(`joins-${stamp}@example.org`, /./),
    mailTo(coach, /link to Restday/),
    mailTo(athlete, /your own page/),
  ]);
  return mails.map(({ text }) => text);
}

/** A session of somebody new on the owner's team. */
async function sessionOf(database: postgres.Sql, role: "coach" | "viewer", owners: string): Promise<string> {
  const [name = "", token = ""] = owners.split(/[=;]/);
  const email = `${role}-${Date.now()}@example.org`;
  await database`with one as (insert into users (name, email) values ('Walks In', ${email}) returning id),
    in_team as (insert into memberships (team_id, user_id, role)
      select m.team_id, one.id, ${role} from one, memberships m join sessions s on s.user_id = m.user_id
      where s.session_token = ${token} limit 1)
    insert into sessions (session_token, user_id, expires) select ${email}, id, now() + interval '1 day' from one`;
  return `${name}=${email}`;
}

async function cookieOf(page: Page, name: RegExp): Promise<string> {
  const cookies = await page.context().cookies(product.origin);
  return cookies
    .filter((one) => name.test(one.name))
    .map((one) => `${one.name}=${one.value}`)
    .join("; ");
}
