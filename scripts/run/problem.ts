/** What keeps Restday from starting, told in one sentence that a person can act on. */
export class StartProblem extends Error {
  override name = "StartProblem";
}
