import { spawn, type ChildProcess } from "node:child_process";

/**
 * A shell that runs a program and kills it once descriptor 3 is closed at its other end, which the system does however this process ends. The
 * program's input is at descriptor 4 for a moment, since a shell gives a program in the background none.
 */
const SHELL_SCRIPT = `
exec 4<&0 </dev/null
"$0" "$@" <&4 4<&- 3<&- &
child=$!
exec 4<&-
{ read -r _ <&3; kill -KILL "$child"; } &
watch=$!
exec 3<&-
wait "$child"
code=$?
kill "$watch"
exit "$code"
`;
const PIPE_FD = 3;

/** How a dependent program is started. */
export interface DependentOptions {
  /** Arguments; every user of the machine can read them. */
  args: readonly string[];
  /** Its working folder. */
  cwd: string;
  /** What it reads from standard input. */
  input: string;
}

/** A program that never outlives this process. */
export interface DependentProcess {
  /** The shell that runs it; it ends when the program ends, with its exit code. */
  shell: ChildProcess;
  /** Kill the program. */
  kill: () => void;
}

/**
 * Start a program that is killed when this process ends in any way, SIGKILL included. It does not get this terminal's Ctrl-C, so that what
 * uses it can finish first.
 */
export function startDependent(program: string, options: DependentOptions): DependentProcess {
  const shell = spawn("/bin/sh", ["-c", SHELL_SCRIPT, program, ...options.args], {
    cwd: options.cwd,
    stdio: ["pipe", "ignore", "ignore", "pipe"],
    detached: true,
  });
  const pipe = shell.stdio[PIPE_FD];
  const kill = () => void pipe?.destroy();
  // Reported by the end of the shell, too.
  shell.on("error", () => {});
  shell.stdin?.on("error", () => {});
  pipe?.on("error", () => {});
  // A shell that was killed leaves the program to the second one, which waits for the pipe.
  shell.once("exit", kill);
  shell.stdin?.end(options.input);
  return { shell, kill };
}
