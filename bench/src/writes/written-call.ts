import { attemptIdOf, type CallRecord } from "@call-log/model";
import { v7 } from "uuid";

import { corpusCall } from "../reads/corpus.ts";

/** A call as it is inserted, and what it becomes in its end. */
export interface WrittenCall {
  queued: CallRecord;
  ended: CallRecord;
}

/** A call of a corpus of this size once more, with an id and times of now. */
export function writtenCall(index: number, size: number): WrittenCall {
  const createdAt = new Date();
  const _id = v7();
  const asNew = (call: CallRecord): CallRecord => ({
    ...call,
    _id,
    createdAt,
    updatedAt: createdAt,
    attempts: call.attempts.map((attempt) => ({
      ...attempt,
      _id: attemptIdOf(_id, attempt.number),
      dueAt: createdAt,
    })),
  });
  return {
    queued: asNew(corpusCall(index, size, true)),
    ended: asNew(corpusCall(index, size, false)),
  };
}
