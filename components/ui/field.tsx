import type { ComponentProps, ReactNode } from "react";

type Frame = { id: string; label: ReactNode; hint?: ReactNode; problem?: string | undefined };

function described({ id, hint, problem }: Frame) {
  const ids = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": problem ? true : undefined };
}

/** Label, hint and problem around any control with the id `id`. */
export function FieldFrame({ id, label, hint, problem, children }: Frame & { children: ReactNode }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

/** A one-line input with its label. */
export function TextField({ label, hint, problem, id, ...rest }: ComponentProps<"input"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <input className="input" id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}

/** A text of several lines with its label. */
export function TextArea({ label, hint, problem, id, ...rest }: ComponentProps<"textarea"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <textarea className="input" id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}

/** A choice from a list, as the platform draws it. */
export function SelectField({ label, hint, problem, id, ...rest }: ComponentProps<"select"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <select className="input" id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}
