import { describeProvider } from "../provider.contract.ts";
import { setUpSimulated } from "../testing/simulated-bench.ts";

describeProvider({
  name: "simulated",
  keepsRecord: true,
  numbers: {
    presses4: "+15550100100",
    pressesHash: "+15550100104",
    starThen4: "+15550100105",
    silenceThen4: "+15550100106",
    voicemail: "+15550100103",
    busy: "+15550100110",
    noAnswer: "+15550100111",
    rejected: {
      destination: "+15550100120",
      permission: "+15550100121",
      fromNumber: "+15550100123",
      account: "+15550100122",
      throttled: "+15550100131",
    },
    unknownPlaced: ["+15550100141", "+15550100143"],
    unknownNotPlaced: ["+15550100140", "+15550100142"],
  },
  setUp: setUpSimulated,
});
