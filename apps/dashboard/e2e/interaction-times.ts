import type { Page } from "playwright-core";

/** The slowest interaction of a step, in milliseconds; 0 is less than the browser reports, 16. */
export interface InteractionTime {
  /** From the input to the next paint, as the web vital INP counts it. */
  duration: number;
  /** Of that, until the page began to handle it, and how long it did. */
  delay: number;
  handling: number;
  /** The longest task of the step, such as drawing an answer that came: a next input would wait for it. */
  task: number;
}

type Observing = typeof globalThis & {
  observedEvents: PerformanceEventTiming[];
  observedTasks: number[];
};

/** Measures interactions of a page from now on, also after it loads another address. */
export async function observeInteractions(page: Page): Promise<void> {
  await page.addInitScript(observe);
  await page.evaluate(observe);
}

/** The slowest of the interactions that `act` does, up to the time when it ends. */
export async function slowestInteraction(
  page: Page,
  act: () => Promise<void>,
): Promise<InteractionTime> {
  await page.evaluate(forget);
  await act();
  return page.evaluate(collect);
}

function observe(): void {
  const here = globalThis as Observing;
  here.observedEvents = [];
  here.observedTasks = [];
  new PerformanceObserver((list) =>
    here.observedEvents.push(...(list.getEntries() as PerformanceEventTiming[])),
  ).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  new PerformanceObserver((list) =>
    here.observedTasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ type: "longtask" });
}

function forget(): void {
  const here = globalThis as Observing;
  here.observedEvents.length = 0;
  here.observedTasks.length = 0;
}

// An event is reported after the frame that shows what it did; of a frame that comes later, nothing more is due.
async function collect(): Promise<InteractionTime> {
  const frame = () =>
    new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await frame();
  await frame();
  const { observedEvents, observedTasks } = globalThis as Observing;
  const [slowest] = observedEvents
    .filter(({ interactionId }) => interactionId > 0)
    .toSorted((a, b) => b.duration - a.duration);
  return {
    duration: slowest?.duration ?? 0,
    delay: slowest === undefined ? 0 : slowest.processingStart - slowest.startTime,
    handling: slowest === undefined ? 0 : slowest.processingEnd - slowest.processingStart,
    task: Math.max(0, ...observedTasks),
  };
}
