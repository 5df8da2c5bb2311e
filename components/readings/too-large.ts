import { type FormEvent, useState } from "react";
import type { ReadingProblem } from "@/lib/services/readings/read-readings";

const problems: readonly ReadingProblem[] = [{ line: null, field: "file", problem: "too-large" }];

/** Holds a form back whose file is larger than the server takes, and says so. */
export function useTooLarge(
  largest: number,
): [readonly ReadingProblem[] | null, (event: FormEvent<HTMLFormElement>) => void] {
  const [tooLarge, setTooLarge] = useState(false);
  function check(event: FormEvent<HTMLFormElement>) {
    const file = new FormData(event.currentTarget).get("file");
    const isTooLarge = file instanceof File && file.size > largest;
    if (isTooLarge) event.preventDefault();
    setTooLarge(isTooLarge);
  }
  return [tooLarge ? problems : null, check];
}
