"use client";

import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useId,
  useRef,
} from "react";
import { Problem } from "./controls";
import type { Answered, Refusal } from "./refusal";

type AnsweredFormProps = {
  act: Answered;
  /** What to do about it, by the field that was refused; `form` for everything else. */
  problems: Readonly<Record<string, string>> & { form: string };
  className?: string;
  children: ReactNode;
};

/** A form whose refusal is said below its fields; what was entered stays, and the field that is wrong gets the focus. */
export function AnsweredForm({ act, problems, className, children }: AnsweredFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const wasSent = useRef(false);
  const [refused, action, pending] = useActionState(act, null);

  useEffect(() => {
    if (pending) wasSent.current = true;
    else if (wasSent.current) {
      wasSent.current = false;
      settle(form.current, { refused, id });
    }
  }, [pending, refused, id]);

  // React empties a form that its own action sent, also when it was refused.
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const sent = new FormData(event.currentTarget);
    startTransition(() => action(sent));
  }

  return (
    <form ref={form} action={action} onSubmit={send} className={className}>
      {children}
      {refused ? <Problem id={id}>{problems[refused.field ?? "form"] ?? problems.form}</Problem> : null}
    </form>
  );
}

/** Points from the field that was refused to the words below the form; empties a form that was not. */
function settle(
  form: HTMLFormElement | null,
  { refused, id }: { refused: Refusal | null; id: string },
): void {
  if (!form) return;
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  if (!refused) {
    form.reset();
    return;
  }
  const field = form.querySelector<HTMLElement>(
    `[name="${CSS.escape(refused.field ?? "")}"]:not([type=hidden])`,
  );
  field?.setAttribute("aria-invalid", "true");
  field?.setAttribute("aria-describedby", id);
  field?.focus();
}
