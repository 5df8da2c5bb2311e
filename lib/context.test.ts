import { expect, test } from "vitest";
import { ACTS, type Actor, can, type Party, ROLES, rolesTo } from "./context";

const ACTORS = {
  owner: { kind: "coach", userId: "u", role: "owner" },
  coach: { kind: "coach", userId: "u", role: "coach" },
  viewer: { kind: "coach", userId: "u", role: "viewer" },
  athlete: { kind: "athlete", athleteId: "a" },
  job: { kind: "job", job: "j" },
  visitor: { kind: "visitor" },
} as const satisfies Record<Party, Actor>;

const PARTIES = Object.keys(ACTORS) as Party[];

/** Who may do what, as promised in docs/coach and docs/operate. A new role is a column here. */
const EXPECTED = `
                     owner coach viewer athlete job visitor
access.end           yes   yes   -      yes     yes -
athletes.change      yes   yes   -      -       -   -
athletes.invite      yes   yes   -      -       -   -
athletes.remove      yes   yes   -      -       -   -
athletes.view        yes   yes   yes    -       -   -
check-ins.send       -     -     -      yes     -   -
coaches.change       yes   -     -      -       -   -
coaches.invite       yes   -     -      -       -   -
connection.make      -     -     -      yes     yes yes
days.annotate        yes   yes   -      -       -   -
demonstration.fill   yes   -     -      -       -   -
episodes.judge       yes   yes   -      -       -   -
forecast.view        yes   yes   yes    yes     yes -
invitations.view     yes   yes   yes    -       -   -
jobs.run             -     -     -      -       yes -
language.choose      yes   yes   yes    yes     -   -
mails.get            yes   yes   -      -       -   -
mails.list           yes   yes   -      -       -   -
operation.repair     yes   -     -      -       -   -
operation.view       yes   -     -      -       -   -
own-address.change   -     -     -      yes     -   -
own-data.export      -     -     -      yes     -   -
own-page.view        -     -     -      yes     -   -
payloads.view        yes   -     -      -       -   -
readings.write       yes   yes   -      yes     -   -
recordings.read      yes   yes   -      yes     yes -
sharing.change       -     -     -      yes     -   -
sign-in              -     -     -      -       -   yes
source.choose        yes   yes   -      -       -   -
squads.archive       yes   -     -      -       -   -
squads.change        yes   yes   -      -       -   -
squads.create        yes   yes   -      -       -   -
squads.view          yes   yes   yes    -       -   -
sync.ask             yes   yes   -      yes     -   -
team.make            -     -     -      -       yes yes
team.view            yes   yes   yes    -       -   -
webhook.manage       yes   -     -      -       yes -
`;

function matrix(): string {
  const head = `${" ".repeat(21)}${PARTIES.join(" ")}`;
  const rows = [...ACTS].sort().map((act) => {
    const marks = PARTIES.map((party) =>
      (can(ACTORS[party], act) ? "yes" : "-").padEnd(party.length).padEnd(3),
    );
    return `${act.padEnd(21)}${marks.join(" ")}`.trimEnd();
  });
  return ["", head, ...rows, ""].join("\n");
}

test("the table of rights says who may do what", () => {
  expect(matrix()).toBe(EXPECTED);
});

test("roles are listed for what members of a team may do", () => {
  expect(rolesTo("squads.view")).toEqual([...ROLES]);
  expect(rolesTo("mails.get")).toEqual(["owner", "coach"]);
  expect(rolesTo("check-ins.send")).toEqual([]);
});

test("an act that is not in the table is a type error", () => {
  // @ts-expect-error no such act
  expect(can(ACTORS.owner, "athletes.enlist")).toBe(false);
});
