import { dirname } from "node:path";
import { filesIn } from "../../../scripts/house/files";

/** Every page of the app as its folders name it, without the groups: `/squads/[squadId]`. */
export function pageRoutes(): string[] {
  return filesIn(["app"], /\/page\.tsx$/)
    .map((file) => {
      const [, ...parts] = dirname(file).split("/");
      return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
    })
    .toSorted();
}

/** The route an address belongs to; a fixed folder goes before a placeholder. */
export function routeOf(path: string, routes: readonly string[]): string | undefined {
  const parts = partsOf(path);
  const matches = routes.filter((route) => {
    const wanted = partsOf(route);
    return (
      wanted.length === parts.length && wanted.every((part, at) => part.startsWith("[") || part === parts[at])
    );
  });
  const placeholders = (route: string) => route.split("[").length;
  return matches.toSorted((a, b) => placeholders(a) - placeholders(b))[0];
}

const partsOf = (path: string) => (path.split("?")[0] ?? "").split("/").filter((part) => part !== "");
