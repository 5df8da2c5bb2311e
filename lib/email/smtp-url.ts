import { domainToASCII } from "node:url";

const FORM = "smtp://user:password@mail.example.org:587 or smtps://user:password@mail.example.org:465";

/**
 * A mail server's URL as the mailer takes it, an international host name in ASCII; or what is wrong with it, which
 * completes "SMTP_URL …" and holds no part of the URL.
 */
export function readSmtpUrl(text: string): { url: string } | { problem: string } {
  const misread = `must look like ${FORM}, with % / ? # @ and : in user or password written as %25 %2F %3F %23 %40 and %3A`;
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return { problem: misread };
  const url = new URL(text);
  if (url.hash || text.endsWith("#") || !["", "/"].includes(url.pathname) || url.search.includes("@"))
    return { problem: misread };
  try {
    for (const part of [url.username, url.password]) decodeURIComponent(part);
    const host = /^\[|:/.test(url.hostname) ? url.hostname : domainToASCII(decodeURIComponent(url.hostname));
    if (!host) return { problem: misread };
    const login = url.username && `${url.username}${url.password && `:${url.password}`}@`;
    return { url: `${url.protocol}//${login}${host}${url.port && `:${url.port}`}${url.search}` };
  } catch {
    return {
      problem:
        "contains a % that does not begin an encoded character; a % in user or password is written as %25",
    };
  }
}
