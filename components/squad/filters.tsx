"use client";

import { usePathname, useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useTransition } from "react";

/**
 * A GET form whose buttons are the filters. With scripts it changes the address without leaving the page;
 * without, the browser submits it.
 */
export function FilterForm({ children, className }: { children: ReactNode; className?: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, start] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const fields = new FormData(event.currentTarget, submitter);
    const query = new URLSearchParams();
    for (const [name, value] of fields)
      if (typeof value === "string" && value !== "") query.append(name, value);
    start(() => router.push(query.size > 0 ? `${pathname}?${query}` : pathname, { scroll: false }));
  }

  return (
    <form method="get" onSubmit={submit} className={className} aria-busy={pending}>
      {children}
    </form>
  );
}
