import { routeOf as patternOf } from "../e2e/support/routes";
import { fill, placeholdersOf, type Route } from "./app";
import type { Ids } from "./requests";

/** The route that an address belongs to. */
export function routeOf(path: string, routes: readonly Route[]): Route | undefined {
  const plain = path.split(/[?#]/)[0] ?? "";
  const found = patternOf(
    plain,
    routes.map((route) => route.path),
  );
  return routes.find((route) => route.path === found);
}

const partsOf = (path: string) => path.split("/").filter((part) => part !== "");

/** The addresses of this site that a page or a mail links to. */
export function linksIn(text: string, origin: string): string[] {
  const links = [...text.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map(([, link = ""]) => link);
  const written = [...text.matchAll(/https?:\/\/[^\s"<>\\]+/g)].flatMap(([link]) =>
    link.startsWith(`${origin}/`) ? [link.slice(origin.length)] : [],
  );
  return [...links, ...written].map((link) => link.replaceAll("&amp;", "&"));
}

/**
 * Of each route an address that leads somewhere: its places hold the given ids, or else what a link to it held that
 * stood on a page or in a mail.
 */
export function newGuide(routes: readonly Route[], origin: string, ids: Ids) {
  const met = new Map<string, string>();
  const needsLink = ({ path }: Route) => placeholdersOf(path).some((name) => ids[name] === undefined);
  return {
    routes,
    /** Remembers where a page or a mail leads; the first link to a route counts. The addresses that were met. */
    read(text: string): string[] {
      const links = linksIn(text, origin).map((link) => link.split(/[?#]/)[0] ?? "");
      for (const link of links) {
        const route = routeOf(link, routes);
        if (route && !met.has(route.path)) met.set(route.path, link);
      }
      return links;
    },
    /** What stands in each place of a route's address. */
    idsOf(route: Route): Ids {
      if (!needsLink(route)) return ids;
      const filled = partsOf(met.get(route.path) ?? fill(route.path, ids));
      const own = partsOf(route.path).flatMap((part, at) =>
        placeholdersOf(part).map((name) => [name, filled[at] ?? "x"] as const),
      );
      return { ...ids, ...Object.fromEntries(own) };
    },
    /** Pages that no link has led to yet. */
    unmet: () => routes.filter((route) => route.kind === "page" && needsLink(route) && !met.has(route.path)),
  };
}

export type Guide = ReturnType<typeof newGuide>;
