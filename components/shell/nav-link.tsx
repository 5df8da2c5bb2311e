"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link of the header that says when its page is the current one. `also` is the address of a page that stands for it. */
export function NavLink({ href, also, children }: { href: string; also?: string; children: ReactNode }) {
  const path = usePathname();
  return (
    <Link
      className="flex items-center whitespace-nowrap border-transparent border-y-2 px-2.5 text-ink-2 aria-[current]:border-b-ink aria-[current]:font-[550] aria-[current]:text-ink phone:min-h-11"
      href={href}
      prefetch={false}
      aria-current={path === href || path === also ? "page" : undefined}
    >
      {children}
    </Link>
  );
}

/** The address of the page in view, for a form that leads back to it. */
export function PathField({ name }: { name: string }) {
  return <input type="hidden" name={name} value={usePathname()} />;
}
