/** The coach of the demonstration: the one that one-click sign-in signs in. An invented person. */
export const demoCoach = {
  name: "Line Krogh",
  email: "line.krogh@example.org",
  teamName: "Fjordline Endurance",
} as const;
