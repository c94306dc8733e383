#!/usr/bin/env node
import { runCliProcess } from "./cli-process.ts";

await runCliProcess();
