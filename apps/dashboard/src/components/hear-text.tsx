import { type SpokenStep, speakable } from "@call-log/model";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";

import { t } from "../language/translate.ts";
import { spokenScript, type SpokenLine } from "./spoken-script.ts";

interface Props {
  steps: readonly SpokenStep[];
  /** BCP 47; the browser's own choice without it. */
  language?: string | null | undefined;
}

/** What a call says, as the carrier is sent it, with a button that has the browser read it aloud. */
export function HearText({ steps, language }: Props) {
  const lines = spokenScript(speakable(steps));
  const { isSpeaking, canSpeak, toggle } = useSpeech(lines, language ?? undefined);
  return (
    <Stack gap="xs" data-hear>
      <ol className="spoken-lines">
        {lines.map(({ text, kind }, index) => (
          <li key={index}>
            <bdi>{kind === "note" ? <i>{text}</i> : text}</bdi>
          </li>
        ))}
      </ol>
      <Group gap="xs">
        <Button
          size="compact-md"
          variant="default"
          disabled={!canSpeak || lines.length === 0}
          aria-pressed={isSpeaking}
          onClick={toggle}
        >
          {isSpeaking ? t("Stop") : t("Hear it")}
        </Button>
        <Text size="sm">
          {canSpeak
            ? t("A preview by your browser; the provider's voice differs.")
            : t("Your browser can't read texts aloud.")}
        </Text>
      </Group>
    </Stack>
  );
}

function useSpeech(lines: readonly SpokenLine[], language: string | undefined) {
  const [isSpeaking, setSpeaking] = useState(false);
  const canSpeak = "speechSynthesis" in globalThis;
  // What is read aloud must not go on when its page is left.
  useEffect(() => () => stopSpeaking(), []);
  const toggle = () => {
    stopSpeaking();
    setSpeaking(!isSpeaking);
    if (isSpeaking) return;
    const said = lines.filter(({ kind }) => kind === "said");
    for (const [index, { text }] of said.entries()) {
      const utterance = new SpeechSynthesisUtterance(text);
      if (language !== undefined) utterance.lang = language;
      utterance.addEventListener("error", () => setSpeaking(false));
      if (index === said.length - 1) utterance.addEventListener("end", () => setSpeaking(false));
      speechSynthesis.speak(utterance);
    }
  };
  return { isSpeaking, canSpeak, toggle };
}

function stopSpeaking(): void {
  if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
}
