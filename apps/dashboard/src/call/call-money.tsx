import { Money } from "../components/money.tsx";
import { callCents } from "./call-cents.ts";
import type { CallLogView } from "./call-view.ts";

interface Props {
  call: CallLogView;
  isTabStop?: boolean;
  isPlain?: boolean;
}

/** What a call cost, a dash where that is not known. */
export function CallMoney({ call, ...looks }: Props) {
  const cents = callCents(call);
  if (cents === undefined) return <>–</>;
  return <Money cents={cents} isPending={call.pricing === "pending"} {...looks} />;
}
