import { pathWithoutRedis } from "../../../standalone/e2e/standalone-process.ts";

/** Now, in the night that the pictures show: 03:26 in Berlin. */
export const NIGHT = new Date("2026-11-24T02:26:00.000Z");

/**
 * Settings of a process whose clock starts at `now`; it goes on from there, and timers wait as long as ever. Processes
 * take the time from Redis, so it is the one in this process.
 */
export function clockSettings(now: Date): Record<"NODE_OPTIONS" | "PATH", string> {
  const code = `
    const Real = Date;
    const offset = ${now.getTime()} - Real.now();
    const realNow = Real.now.bind(Real);
    Real.now = () => realNow() + offset;
    globalThis.Date = new Proxy(Real, {
      construct: (target, args, made) =>
        Reflect.construct(target, args.length === 0 ? [Real.now()] : args, made),
      apply: () => new Real(Real.now()).toString(),
    });
    Real.prototype.constructor = globalThis.Date;`;
  return {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
    PATH: pathWithoutRedis(),
  };
}
