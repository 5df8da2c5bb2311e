import { expect, it } from "vitest";
import { parseDotenv } from "./dotenv";

it("reads values with and without quotes, export and comments", () => {
  const text = `
# a comment
PORT=3100
export HOST = 0.0.0.0
EMAIL_FROM="Restday <restday@example.org>" 
SECRET='a # b'
SMTP_URL=smtps://u:p%23@mail.example.org:465 # the mail server
EMPTY=
not a line`;
  expect(parseDotenv(text)).toEqual({
    PORT: "3100",
    HOST: "0.0.0.0",
    EMAIL_FROM: "Restday <restday@example.org>",
    SECRET: "a # b",
    SMTP_URL: "smtps://u:p%23@mail.example.org:465",
    EMPTY: "",
  });
});

it("refuses a line that would swallow the setting below it", () => {
  expect(() => parseDotenv("PORT=3100\nnot a line\nDATA_DIR=/srv/restday")).toThrow(
    "Line 2 of .env is not a setting",
  );
});
