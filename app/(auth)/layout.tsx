import type { ReactNode } from "react";
import { Main, Top } from "@/components/shell/top";
import { Column } from "@/components/ui/page-title";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Top home="/" />
      <Main>
        <Column>{children}</Column>
      </Main>
    </>
  );
}
