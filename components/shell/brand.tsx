import Link from "next/link";

/** The product's name, back to the start. */
export function Brand({ href }: { href: string }) {
  return (
    <Link
      className="flex min-h-(--target) items-center gap-2 font-[650] text-[0.875rem] tracking-[-0.01em]"
      href={href}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M1.5 10.5h3.2M11.3 10.5h3.2" />
        <path d="M4.7 10.5c0-2.6 1-5 3.3-5s3.3 2.4 3.3 5" />
      </svg>
      Restday
    </Link>
  );
}
