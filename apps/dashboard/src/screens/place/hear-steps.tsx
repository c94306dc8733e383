import { HearText } from "../../components/hear-text.tsx";
import { spokenSteps, type StepDraft } from "./place-form.ts";

/** What the call of the form says, to be read and heard; nothing while there is no text. */
export function HearSteps({ steps }: { steps: readonly StepDraft[] }) {
  const spoken = spokenSteps(steps);
  return spoken.length === 0 ? null : <HearText steps={spoken} />;
}
