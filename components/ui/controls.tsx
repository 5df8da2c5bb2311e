import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type Kind = "primary" | "default" | "plain";
type Size = "default" | "small";
type ButtonLook = { kind?: Kind; size?: Size };

const FRAME =
  "inline-flex w-(--button-width) cursor-pointer items-center justify-center gap-1.5 rounded-(--button-radius) border font-medium [white-space:var(--button-wrap)] disabled:cursor-not-allowed disabled:border-line disabled:bg-sub disabled:text-ink-3 motion-safe:[transition:background-color_80ms_linear]";

const KINDS = {
  default:
    "border-line-strong bg-surface text-ink hover:bg-hover aria-pressed:border-ink-3 aria-pressed:bg-sub",
  primary: "border-(--button) bg-(--button) text-(--button-ink)",
  plain: "border-transparent text-ink-2 hover:bg-hover",
} satisfies Record<Kind, string>;

const SIZES = {
  default: "min-h-(--target) p-(--button-pad) text-(length:--control-size)",
  small:
    "min-h-(--target-small) p-(--button-pad-small) text-(length:--control-size-small) leading-[1.125rem]",
} satisfies Record<Size, string>;

function buttonClasses({ kind = "default", size = "default" }: ButtonLook, more = ""): string {
  return `${FRAME} ${KINDS[kind]} ${SIZES[size]} ${more}`.trimEnd();
}

/** A button; inside of a form it submits unless `type` says otherwise. */
export function Button({ kind, size, className, ...rest }: ComponentProps<"button"> & ButtonLook) {
  return <button className={buttonClasses({ kind, size }, className)} {...rest} />;
}

/** A page of the product behind what looks like a button. */
export function ButtonLink({ kind, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={buttonClasses({ kind, size }, className)} {...rest} />;
}

/** A file, or a place on the same page, behind what looks like a button. */
export function ButtonAnchor({ kind, size, className, ...rest }: ComponentProps<"a"> & ButtonLook) {
  return <a className={buttonClasses({ kind, size }, className)} {...rest} />;
}

/** A button that opens what is folded below it. */
export function ButtonSummary({ kind, size, className, ...rest }: ComponentProps<"summary"> & ButtonLook) {
  return <summary className={buttonClasses({ kind, size }, className)} {...rest} />;
}

type Fit = "whole" | "words" | "small";

const BOX = "border border-ink-3 bg-surface text-ink aria-[invalid=true]:border-mark-recovery";

const FITS = {
  whole: "w-full min-h-(--target) rounded-(--input-radius) px-2.5 py-1 text-(length:--control-size)",
  words: "w-auto min-h-(--target) rounded-(--input-radius) px-2.5 py-1 text-(length:--control-size)",
  small:
    "w-auto rounded-button py-0.5 pr-5.5 pl-1.5 text-[0.75rem] leading-[1.125rem] phone:min-h-10 phone:text-[0.9375rem]",
} satisfies Record<Fit, string>;

const inputClasses = (fit: Fit = "whole", more = "") => `${BOX} ${FITS[fit]} ${more}`.trimEnd();

/** The parts of a date are fields of their own, which do not tell the whole that they have the focus. */
const PARTS_FOCUS = "focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2";

/** A one-line input: as wide as its column, as its words, or small in a row of tools. */
export function Input({ fit, className, ...rest }: ComponentProps<"input"> & { fit?: Fit }) {
  const focus = rest.type === "date" || rest.type === "time" ? PARTS_FOCUS : "";
  return <input className={`${inputClasses(fit, className)} ${focus}`.trimEnd()} {...rest} />;
}

/** A choice from a list, as the platform draws it. */
export function Select({ fit, className, ...rest }: ComponentProps<"select"> & { fit?: Fit }) {
  return <select className={inputClasses(fit, className)} {...rest} />;
}

/** A text of several lines. */
export function TextBox(props: ComponentProps<"textarea">) {
  return (
    <textarea
      className={`${BOX} min-h-(--area-height) w-full rounded-(--area-radius) px-3 py-2.5 text-(length:--control-size) leading-[1.25rem]`}
      {...props}
    />
  );
}

type Frame = { id: string; label: ReactNode; hint?: ReactNode; problem?: string | undefined };

function described({ id, hint, problem }: Frame) {
  const ids = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": problem ? true : undefined };
}

/** Label, hint and problem around any control with the id `id`. */
export function FieldFrame({ id, label, hint, problem, children }: Frame & { children: ReactNode }) {
  return (
    <div className="grid content-start gap-1">
      <Label htmlFor={id}>{label}</Label>
      {children}
      {hint ? (
        <p className="text-cell text-ink-3" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {problem ? <Problem id={`${id}-problem`}>{problem}</Problem> : null}
    </div>
  );
}

/** The word above a control. */
export function Label({ htmlFor, children }: { htmlFor: string; children: ReactNode }) {
  return (
    <label className="text-cell font-medium text-ink-2" htmlFor={htmlFor}>
      {children}
    </label>
  );
}

/** What is wrong with what was entered, and what to enter instead. */
export function Problem({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="text-cell font-medium text-mark-recovery" id={id} role="alert">
      {children}
    </p>
  );
}

/** A one-line input with its label. */
export function TextField({ label, hint, problem, id, ...rest }: ComponentProps<"input"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <Input id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}

/** A text of several lines with its label. */
export function TextArea({ label, hint, problem, id, ...rest }: ComponentProps<"textarea"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <TextBox id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}

/** A choice from a list with its label. */
export function SelectField({ label, hint, problem, id, ...rest }: ComponentProps<"select"> & Frame) {
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <Select id={id} {...described({ id, label, hint, problem })} {...rest} />
    </FieldFrame>
  );
}
