import { Tooltip } from "@mantine/core";

import { t } from "../language/translate.ts";
import { exactMoney, moneyText } from "./money-text.ts";

interface Props {
  /** Amount in US cents, with fractions. */
  cents: number;
  /** The price is not final: more may follow. */
  isPending?: boolean;
  /** A total is reached by the keyboard; in the rows of a table that would be a stop per row. */
  isTabStop?: boolean;
}

/** US dollars to the cent, with the exact amount on hover, on focus and for screen readers. */
export function Money({ cents, isPending = false, isTabStop = false }: Props) {
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
  return hint === "" ? amount : <Tooltip label={hint}>{amount}</Tooltip>;
}
