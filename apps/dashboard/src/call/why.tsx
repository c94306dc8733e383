import { Text } from "@mantine/core";

import { whyWords } from "../words/why-words.ts";
import type { CallLogView } from "./call-view.ts";
import { WaitReason } from "./wait-reason.tsx";

interface Props {
  call: CallLogView;
  /** On as many lines as it takes, instead of one. */
  isWhole?: boolean;
}

/** Why a call stands as it does: when it is dialled, why it waits, how it ended, or what its status means. */
export function Why({ call, isWhole = false }: Props) {
  if (call.waitsFor)
    return isWhole ? <WaitReason call={call} /> : <WaitReason call={call} maxWidth="100%" />;
  const { text, lang } = whyWords(call);
  const cut = isWhole ? {} : ({ truncate: true, display: "block", title: text } as const);
  return (
    <Text size="sm" span dir="auto" {...cut} {...(lang && { lang })}>
      {text || "–"}
    </Text>
  );
}
