// The whole process believes that it is later, or earlier, than it is: its timers go on, its dates are wrong.
const skewMs = Number(process.env["CHAOS_CLOCK_SKEW_SECONDS"] ?? 0) * 1000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(RealDate.now() + skewMs);
    else super(args[0]);
  }

  static override now(): number {
    return RealDate.now() + skewMs;
  }
} as DateConstructor;
