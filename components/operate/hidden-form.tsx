import type { ReactNode } from "react";
import { Button } from "@/components/ui/controls";

export type Act = (form: FormData) => Promise<void>;

type HiddenFormProps = {
  act: Act;
  fields: Record<string, string>;
  /** What the button says to those who cannot see its row. */
  label?: string;
  children: ReactNode;
};

/** One button that sends a few fixed fields. */
export function HiddenForm({ act, fields, label, children }: HiddenFormProps) {
  return (
    <form action={act}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" size="small" aria-label={label}>
        {children}
      </Button>
    </form>
  );
}
