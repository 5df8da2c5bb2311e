import type { Action, Route } from "./app";
import { type Answer, ask, faultOf, isOwnAnswer, isRefusal, type Person } from "./asking";
import { type Form, formsOf } from "./forms";
import { type Guide, routeOf } from "./good";
import { addresses, type Request } from "./requests";
import { difference, type Stored } from "./stored";
import { newTally } from "./tally";

/** Takes the ground from under what comes after it, its own session or somebody's data: sent last, and one at a time. */
const ENDING = /sign-out|\/me\/(stop|delete)|\/(decline|remove|withdraw)$|^(archive|withdraw|remove)\w* of /;

export const endsSomething = (name: string): boolean => ENDING.test(name);

type WalkInput = {
  origin: string;
  /** Other sites that an answer may lead to. */
  known: readonly string[];
  routes: readonly Route[];
  actions: readonly Action[];
  /** What people have stored at this moment. */
  stored: () => Promise<Stored>;
};

/** One walk through the app: asks, judges every answer, counts, and knows which routes have answered themselves. */
export function newWalk({ origin, known, routes, actions, stored }: WalkInput) {
  const tally = newTally();
  const found: string[] = [];
  const reached = new Set<string>();
  const led = new Set<string>();

  async function asks(person: Person, request: Request): Promise<Answer> {
    const answer = await ask(origin, person, request);
    tally.count(answer);
    if (isOwnAnswer(answer)) reached.add(request.route);
    const fault = faultOf(answer, [origin, ...known]);
    if (fault) found.push(`${answer.status} ${person.name}: ${request.what} ${fault}`);
    return answer;
  }

  /** Asks a few at a time. */
  async function all(person: Person, requests: readonly Request[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let at = 0; at < requests.length; at += 6)
      answers.push(...(await Promise.all(requests.slice(at, at + 6).map((one) => asks(person, one)))));
    return answers;
  }

  /** Asks what may change nothing, and looks whether it did. */
  async function idly(person: Person, requests: readonly Request[]): Promise<void> {
    const before = await stored();
    await all(person, requests);
    const changed = difference(before, await stored());
    if (changed) found.push(`${person.name} changed ${changed} by asking`);
  }

  /** Sends forms one after another: what is refused may have stored nothing of itself, and where it leads is a page. */
  async function sends(person: Person, requests: readonly Request[]): Promise<void> {
    let before = await stored();
    for (const request of requests) {
      const answer = await asks(person, request);
      const after = await stored();
      const changed = difference(before, after);
      const place = `${person.name} ${answer.location}`;
      // A page that a form leads to is looked at once, and again when it has to say whether what was stored was refused.
      const shown = !changed && led.has(place) ? answer : await whereItLeads(person, answer);
      led.add(place);
      if (isRefusal(shown) && changed)
        found.push(`${answer.status} ${person.name}: ${request.what} was refused and yet changed ${changed}`);
      before = after;
    }
  }

  async function whereItLeads(person: Person, answer: Answer): Promise<Answer> {
    if (answer.status !== 303 || answer.location === "") return answer;
    const url = new URL(answer.location.split(";")[0] ?? "", origin);
    if (url.origin !== origin) return answer;
    const path = url.pathname + url.search;
    const route = routeOf(path, routes)?.path ?? url.pathname;
    const kind = "where a form leads";
    return asks(person, { route, kind, what: `GET ${path}, after ${answer.request.what},`, path, init: {} });
  }

  /** Opens every page that somebody can, and the forms on them; links lead on to pages that no id is known of. */
  async function explores(person: Person, guide: Guide, most: number): Promise<Form[]> {
    const forms = new Map<string, Form>();
    const asked = new Set<string>();
    const links: string[] = [];
    const look = async (requests: readonly Request[]) => {
      for (const one of requests) asked.add(one.path);
      for (const { status, text, request } of await all(person, requests)) {
        if (status !== 200) continue;
        links.push(...guide.read(text));
        for (const form of formsOf({ path: request.path, html: text }, { routes, actions }))
          if (!forms.has(form.shape)) forms.set(form.shape, form);
      }
    };
    await look(addresses(guide));
    const own = [...forms.values()];
    for (let more = most; more > 0 && guide.unmet().length > 0; more -= 1) {
      const next = links.find((link) => !asked.has(link) && routeOf(link, routes)?.kind === "page");
      if (next === undefined) break;
      const route = routeOf(next, routes)?.path ?? next;
      await look([{ route, kind: "as it should be", what: `GET ${next}`, path: next, init: {} }]);
    }
    await look(addresses(guide).filter(({ path }) => !asked.has(path)));
    return own;
  }

  return {
    asks: all,
    idly,
    sends,
    explores,
    found,
    table: tally.table,
    total: tally.total,
    unreached: () => routes.map(({ path }) => path).filter((path) => !reached.has(path)),
  };
}
