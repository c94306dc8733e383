import "@mantine/core/styles.css";
import "./style.css";
import { loadLanguage } from "./language/load-language.ts";

// The language is set before any other file runs, so that texts at the top of a file are in it.
void loadLanguage().then(async () => import("./start.tsx"));
