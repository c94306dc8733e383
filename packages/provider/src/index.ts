export * from "./callback-address.ts";
export { payloadOf } from "./kept-payload.ts";
export * from "./nothing-sent-error.ts";
export * from "./provider.ts";
export { accountPrefix } from "./account-name.ts";
export * from "./provider-account.ts";
export { type ProviderKind, type ProviderPlace } from "./provider-kind.ts";
export * from "./provider-table.ts";
export { type CallbackPost, type Deliver } from "./simulated/callbacks/callback-sender.ts";
export { readLedger } from "./simulated/ledger/ledger.ts";
export { type LedgerCall } from "./simulated/ledger/ledger-line.ts";
export { ledgerPrice } from "./simulated/price.ts";
export { speechRefusal } from "./speech-refusal.ts";
export { rehearsedTry, SCRIPT_NAMES, type RehearsedTry } from "./simulated/rehearsed-try.ts";
export { type Script, type ScriptedTry } from "./simulated/script/script.ts";
export { SCRIPTED_BLOCK, scriptFor, SCRIPTS } from "./simulated/script/scripts.ts";
export {
  createSimulatedProvider,
  simulatedSettings,
  type SimulatedOptions,
} from "./simulated/simulated-provider.ts";
export { type SetTimer } from "./simulated/timers.ts";
