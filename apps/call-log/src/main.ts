#!/usr/bin/env node
import { runCliProcess } from "@call-log/cli";

import { SERVERS } from "./servers.ts";

await runCliProcess(SERVERS);
