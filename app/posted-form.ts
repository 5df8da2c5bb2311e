import { notFound } from "next/navigation";

/** What was posted as a form; what is none has no fields, so that the route answers as to an empty one. */
export function postedForm(request: Request): Promise<FormData> {
  return request.formData().catch(() => new FormData());
}

/**
 * A text field of a form that a server action got; "" when it is missing or a file. Whoever calls an action by its id can
 * hand it anything: what is no form comes from no page of ours and leads to the page that is not there.
 */
export function fieldText(form: FormData, name: string): string {
  if (!(form instanceof FormData)) notFound();
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The choice that a button stands for. Any other leads to the page that is not there: what is not understood does nothing. */
export function choiceOf<T extends string>(choices: readonly T[], chosen: unknown): T {
  return choices.find((choice) => choice === chosen) ?? notFound();
}
