import type { CallFigures, FigureDimension, FigureSums } from "@call-log/model";
import { useMemo } from "react";

import { rangeInWords } from "../components/time-range/time-range.ts";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import type { LinkContext } from "./calls-of-group.ts";
import { type FiguresQuestion, questionOf } from "./figures-question.ts";
import { type FiguresAddress, type UsualRange, useFiguresAddress } from "./use-figures-address.ts";
import { type FiguresState, useFigures } from "./use-figures.ts";

/** Figures of the other range, and what that is called. */
export interface ComparedFigures {
  name: string;
  sums: FigureSums;
  groups: CallFigures["groups"];
}

/** What a screen of figures shows. */
export interface ShownFigures {
  asked: FiguresAddress;
  question: FiguresQuestion;
  state: FiguresState;
  /** State of the other range's figures. */
  other: FiguresState;
  /** Undefined without a comparison, and until it is whole. */
  compared: ComparedFigures | undefined;
  context: LinkContext;
}

interface Options extends UsualRange {
  by: readonly FigureDimension[];
}

/** The figures that the address of a screen asks for, by some dimensions, and those to compare them with. */
export function useShownFigures(path: string, { by, ...usual }: Options): ShownFigures {
  const asked = useFiguresAddress(path, usual);
  const { range, compared: span, query, filters } = asked;
  const seesNumbers = useSignedIn().may.includes("see-numbers");
  const { zone } = range;
  const question = useMemo(() => questionOf(query, range, { by, zone }), [query, range, by, zone]);
  const otherQuestion = useMemo(
    () => questionOf(query, span ?? {}, { by, zone }),
    [query, span, by, zone],
  );
  const state = useFigures(question);
  const other = useFigures(otherQuestion, { enabled: span !== undefined });
  const { figures } = other;
  const isWhole = span !== undefined && figures !== undefined && !other.isCounting && !other.isOld;
  return {
    asked,
    question,
    state,
    other,
    compared: isWhole
      ? {
          name: t("Compared with {range}", {
            range: rangeInWords({ ...span, zone, name: undefined, label: undefined }),
          }),
          sums: figures.total,
          groups: figures.groups,
        }
      : undefined,
    context: { range, filters, seesNumbers },
  };
}
