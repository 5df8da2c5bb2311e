import { expect, test } from "vitest";
import { instanceCookies, readCookie, setCookie } from "./cookies";

const coach = { prefix: "restday-coach", basePath: "/api/auth" };
const athlete = { prefix: "restday-athlete", basePath: "/api/athlete-auth" };
const namesOf = (place: typeof coach, appUrl: string) =>
  Object.values(instanceCookies({ ...place, appUrl })).map((cookie) => cookie.name);

test("the two instances share no cookie, and none is the beginning of another", () => {
  const [ofCoach, ofAthlete] = [namesOf(coach, "http://localhost"), namesOf(athlete, "http://localhost")];
  for (const one of ofCoach)
    for (const other of ofAthlete) expect(one.startsWith(other) || other.startsWith(one)).toBe(false);
});

test("cookies are secure exactly under https", () => {
  for (const [appUrl, secure] of [
    ["http://localhost:3000", false],
    ["https://restday.example.org", true],
  ] as const) {
    for (const { name, options } of Object.values(instanceCookies({ ...coach, appUrl }))) {
      expect(options.secure).toBe(secure);
      expect(name.startsWith("__Secure-")).toBe(secure);
      expect(options).toMatchObject({ httpOnly: true, sameSite: "lax" });
    }
    expect(setCookie({ name: "a", value: "b", path: "/", appUrl }).includes("Secure")).toBe(secure);
  }
});

test("only the session goes to the whole site", () => {
  const cookies = Object.entries(instanceCookies({ ...athlete, appUrl: "http://localhost" }));
  expect(cookies.filter(([, cookie]) => cookie.options.path === "/").map(([name]) => name)).toEqual([
    "sessionToken",
  ]);
});

test("an empty value deletes", () => {
  expect(setCookie({ name: "a", value: "", path: "/x", appUrl: "http://localhost" })).toBe(
    "a=; Path=/x; HttpOnly; SameSite=Lax; Max-Age=0",
  );
});

test("one cookie is read from many", () => {
  expect(readCookie("ab=1; a=2; b=x%3Dy", "a")).toBe("2");
  expect(readCookie("ab=1; a=2; b=x%3Dy", "b")).toBe("x=y");
  expect(readCookie("ab=1", "a")).toBeUndefined();
  expect(readCookie(null, "a")).toBeUndefined();
});

test("a cookie that nobody here could have set is none", () => {
  for (const value of ["%", "%E0%A4", "%ED%A0%80", "a%00b", "\0"])
    expect([value, readCookie(`a=1; session=${value}; b=2`, "session")]).toEqual([value, undefined]);
  expect(readCookie("a=%; b=2", "b")).toBe("2");
});
