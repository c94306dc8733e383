import type { SetTimer } from "../simulated/timers.ts";

/** A clock that stands still until it is moved. */
export interface ManualClock {
  now: () => Date;
  setTimer: SetTimer;
  /** Moves on; what comes due on the way runs at its time, in order. */
  advance(milliseconds: number): void;
}

interface Alarm {
  at: number;
  run: () => void;
}

/** A manual clock that starts at a fixed time. */
export function createManualClock(start = new Date("2026-11-23T03:12:00.000Z")): ManualClock {
  let time = start.getTime();
  const alarms = new Set<Alarm>();

  const nextUntil = (end: number) =>
    [...alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];

  return {
    now: () => new Date(time),
    setTimer: (run, milliseconds) => {
      const alarm = { at: time + milliseconds, run };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance: (milliseconds) => {
      const end = time + milliseconds;
      for (let alarm = nextUntil(end); alarm; alarm = nextUntil(end)) {
        alarms.delete(alarm);
        time = alarm.at;
        alarm.run();
      }
      time = end;
    },
  };
}
