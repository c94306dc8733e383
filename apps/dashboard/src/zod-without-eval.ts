import { config } from "zod";

// zod compiles functions from text if it can; the page's policy forbids that, and the browser would log the attempt.
config({ jitless: true });
