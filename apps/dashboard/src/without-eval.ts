import { config } from "zod";

// zod makes functions out of text where it may; the page's policy forbids that, and the browser would complain of the try.
config({ jitless: true });
