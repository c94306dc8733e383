import { createSimulatedProvider } from "../simulated/simulated-provider.ts";

/** A process of its own that places calls until it is killed, and writes each acknowledged id to its output. */
const [dataDir = "", label = ""] = process.argv.slice(2);
const provider = createSimulatedProvider({ dataDir });

for (let number = 1; ; number++) {
  const result = await provider.placeCall({
    attemptId: `${label}-${number}`,
    toNumber: "+15559998888",
    fromNumber: "+15559990000",
    steps: [{ say: "Hello" }],
    detectMachine: false,
  });
  if (result.kind === "accepted") process.stdout.write(`${result.providerCallId}\n`);
}
