import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { Column } from "@/components/ui/page-title";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="top">
        <Brand href="/" />
      </header>
      <main id="content" className="main">
        <Column>{children}</Column>
      </main>
    </>
  );
}
