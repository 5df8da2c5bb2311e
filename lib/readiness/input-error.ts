/** The series or the settings cannot be scored. `field` is a path such as `days[3].date`, `fix` says what it must be. */
export class ReadinessInputError extends Error {
  readonly field: string;
  readonly fix: string;

  constructor(field: string, fix: string) {
    super(`${field}: ${fix}`);
    this.name = "ReadinessInputError";
    this.field = field;
    this.fix = fix;
  }
}
