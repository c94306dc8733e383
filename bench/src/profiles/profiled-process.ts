import { Session } from "node:inspector/promises";

import { answerQuestions } from "../node-process.ts";

// Imported before the program that is profiled: it starts and stops the profiler when asked, so that starting the program is no part of it.
const session = new Session();
session.connect();

answerQuestions(async (question) => {
  if (question === "stop") return (await session.post("Profiler.stop")).profile;
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  return null;
});
process.channel?.unref();
