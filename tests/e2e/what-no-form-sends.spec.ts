import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { builtActions, builtRoutes, fieldNames, queryNames } from "../input/app";
import type { Person } from "../input/asking";
import type { Form } from "../input/forms";
import { newGuide } from "../input/good";
import { badValues, FIELD_KINDS, type Portion, shareOf } from "../input/kinds";
import { meetPeople } from "../input/people";
import {
  addresses,
  asTheyAre,
  bodies,
  calls,
  callsWithoutRight,
  fieldsOf,
  headers,
  places,
  queries,
  type Request,
  strangeForms,
} from "../input/requests";
import { written } from "../input/stored";
import { endsSomething, newWalk } from "../input/walk";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

// What no page of ours sends ends in a refusal or in the nearest sensible page: never in a fault, never half done.
// `npm run test:input` asks everything; here each place meets one kind of bad value, another with each seed.

const portion: Portion =
  process.env.INPUT_WHOLE === "1"
    ? { whole: true }
    : { whole: false, seed: Number(process.env.INPUT_SEED ?? 1) };

const database = openProductDatabase();
test.afterAll(() => database.end());

const stranger: Person = { name: "stranger", cookie: "" };
const webLog = () => readFileSync(join(process.env.E2E_DATA_DIR ?? "", "logs", "web.log"), "utf8");
/** What Next says about actions that are not there: it refuses them as it should. */
const REFUSED =
  /Failed to find Server Action|did not match the expected format|Invalid Server Actions request/;

test("every kind of bad value meets every place once in as many seeds as there are kinds", () => {
  const kinds = Object.keys(FIELD_KINDS);
  for (const place of ["/squads name", "/me/pause/start until", "x"]) {
    const met = kinds.map((_, seed) => badValues({ whole: false, seed }, place, FIELD_KINDS));
    expect(
      met
        .flat()
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(kinds.toSorted());
  }
  const whole = badValues({ whole: true }, "x", FIELD_KINDS);
  expect(whole).toHaveLength(Object.values(FIELD_KINDS).flat().length);
});

test("addresses, methods, forms and actions that no page sends meet no fault and do nothing by halves", async ({
  page,
  browser,
}) => {
  test.setTimeout(portion.whole ? 3_600_000 : 600_000);
  const [routes, actions] = [builtRoutes(), builtActions()];
  const [names, fields] = [queryNames(), fieldNames()];
  // Whoever reads names in another way has to teach the walk to find them.
  expect(names).toEqual(expect.arrayContaining(["said", "mails", "stream", "days", "next", "say", "page"]));
  expect(fields).toEqual(expect.arrayContaining(["athleteId", "openedOn", "fromDay", "timeZone", "history"]));
  const startedAt = Date.now();
  const { owner, coach, viewer, athlete, ids, mails } = await meetPeople(page, browser, database);
  const [logged, begunAt] = [webLog().length, Date.now()];
  const walk = newWalk({
    ...{ origin: product.origin, known: [product.simulator], routes, actions },
    stored: () => written(database, ids.squadId ?? ""),
  });
  const guide = newGuide(routes, product.origin, ids);
  for (const mail of mails) guide.read(mail);
  const send = async (person: Person, forms: readonly Form[], which: "fields" | "as they are") => {
    const make = which === "fields" ? fieldsOf(portion, forms) : asTheyAre(forms);
    await walk.sends(person, make);
  };
  const apart = (forms: readonly Form[]) => ({
    lasting: forms.filter(({ name, path }) => !endsSomething(name) && !endsSomething(path)),
    ending: forms.filter(({ name, path }) => endsSomething(name) || endsSomething(path)),
  });

  /** Everybody asks everything, or each of it the one whose turn it is. */
  const share = (people: readonly Person[], requests: readonly Request[]) =>
    shareOf(portion, people, requests, ({ route, kind }) => `${route} ${kind}`);

  // First what changes nothing.
  const owners = apart(await walk.explores(owner, guide, 60));
  const athletes = apart(await walk.explores(athlete, guide, 0));
  const strangers = apart(await walk.explores(stranger, guide, 0));
  const everywhere = [
    ...places(portion, guide),
    ...queries(portion, guide, names),
    ...headers(portion, guide),
  ];
  for (const [person, requests] of share([owner, athlete, stranger], everywhere))
    await walk.idly(person, requests);
  for (const [person, requests] of share([viewer, coach], addresses(guide)))
    await walk.idly(person, requests);
  const withoutRight = callsWithoutRight(portion, actions, fields, ids);
  for (const [person, requests] of share([viewer, stranger], withoutRight)) await walk.idly(person, requests);

  // Then forms and calls that may be taken, those that end something last.
  const [lasting, ending] = [false, true].map((ends) =>
    calls(
      portion,
      actions.filter(({ name }) => endsSomething(name) === ends),
      fields,
      ids,
    ),
  );
  await send(owner, owners.lasting, "fields");
  await send(athlete, athletes.lasting, "fields");
  await send(stranger, strangers.lasting, "fields");
  for (const [person, requests] of share([athlete, owner], lasting ?? [])) await walk.asks(person, requests);
  await send(owner, owners.lasting, "as they are");
  await send(athlete, athletes.lasting, "as they are");
  const strange = [...bodies(portion, guide), ...strangeForms(guide)];
  const harmless = strange.filter(({ path }) => !endsSomething(path));
  for (const [person, requests] of share([stranger, owner, athlete], harmless))
    await walk.asks(person, requests);
  const ofAthletes = strangeForms(guide).filter(({ path }) => /^\/me\//.test(path) && !endsSomething(path));
  await walk.asks(athlete, ofAthletes);
  await send(stranger, [...strangers.ending, ...strangers.lasting], "as they are");
  await send(owner, owners.ending, "fields");
  await send(athlete, athletes.ending, "fields");
  await send(athlete, athletes.ending, "as they are");
  for (const [person, requests] of share([athlete, owner], ending ?? [])) await walk.asks(person, requests);
  // Signing out ends the session of whoever does it: last of all.
  const parting = strange.filter(({ path }) => endsSomething(path));
  for (const person of [stranger, athlete, owner]) await walk.asks(person, parting);

  mkdirSync("test-results", { recursive: true });
  writeFileSync("test-results/what-no-form-sends.txt", `${walk.total()}\n\n${walk.table()}\n`);
  const seconds = (from: number, to: number) => Math.round((to - from) / 1_000);
  const took = `${seconds(begunAt, Date.now())} s after ${seconds(startedAt, begunAt)} s of meeting people`;
  console.log(`${walk.total()}${portion.whole ? "" : `, seed ${portion.seed}`}, ${took}`);
  if (process.env.INPUT_TABLE === "1") console.log(walk.table());
  expect(walk.found).toEqual([]);
  expect(walk.unreached()).toEqual([]);
  const said = webLog()
    .slice(logged)
    .split(/\n(?=\S)/);
  expect(said.filter((line) => /Error|⨯|"level":[56]0/.test(line) && !REFUSED.test(line))).toEqual([]);
});
