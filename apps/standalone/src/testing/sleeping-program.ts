/** Arguments of a shell that writes its process id to the file `pid` and then sleeps for longer than any test. */
export const SLEEPING = {
  args: ["-c", "echo $$ >pid.new; mv pid.new pid; exec sleep 3600"],
  input: "",
};
