export * from "./health-facts.ts";
export * from "./problem-facts.ts";
export * from "./problem-rule.ts";
export * from "./problem-state.ts";
export * from "./problem.ts";
