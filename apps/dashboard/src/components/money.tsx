import { Text, Tooltip } from "@mantine/core";

import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { isSandbox } from "../session/session.ts";
import { exactMoney, moneyText } from "./money-text.ts";

interface Props {
  /** Amount in US cents, with fractions. */
  cents: number;
  /** The price is not final: more may follow. */
  isPending?: boolean;
  /** A total is reached by the keyboard; in the rows of a table that would be a stop per row. */
  isTabStop?: boolean;
  /** Whether it is simulated stands above, as in a column's head, or it is a limit, which nobody spends. */
  isPlain?: boolean;
}

/** US dollars to the cent, with the exact amount on hover, on focus and for screen readers; in a sandbox it says that it is simulated. */
export function Money({ cents, isPending = false, isTabStop = false, isPlain = false }: Props) {
  const exact = exactMoney(cents);
  const hint = [exact && t("exactly {exact}", { exact }), isPending && t("the price is not final")]
    .filter(Boolean)
    .join("; ");
  const amount = (
    <data
      value={(cents / 100).toFixed(6)}
      className="number"
      {...(hint !== "" && { "aria-description": hint })}
      {...(isTabStop && hint !== "" && { tabIndex: 0 })}
    >
      {moneyText(cents)}
      {isPending && " …"}
    </data>
  );
  const hinted = hint === "" ? amount : <Tooltip label={hint}>{amount}</Tooltip>;
  if (isPlain) return hinted;
  // One thing in a line whose things stand apart.
  return (
    <span>
      {hinted}
      <SimulatedMark />
    </span>
  );
}

/** Behind money of a sandbox, or the head of a column of it: nobody is charged. */
export function SimulatedMark() {
  if (!isSandbox(useSignedIn())) return null;
  return (
    <Text span size="xs" fw={400} c="dimmed" data-simulated>
      {" "}
      {t("simulated")}
    </Text>
  );
}
