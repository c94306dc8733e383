import { Argument, type Command } from "commander";

/** Words that may follow a command, by the words of the command; "" is the program itself. */
type NextWords = ReadonlyMap<string, readonly string[]>;

/** The script of each shell. It knows commands and options; where they match nothing, the shell completes file names. */
const SCRIPTS = {
  bash: (next: NextWords) => `${caseOf(next)}
_call_log() {
  local command="" word found
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; esac
    found=$(_call_log_words "\${command:+$command }$word")
    [ -n "$found" ] || break
    command="\${command:+$command }$word"
  done
  COMPREPLY=($(compgen -W "$(_call_log_words "$command")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _call_log call-log`,
  zsh: (next: NextWords) => `#compdef call-log
${caseOf(next)}
_call_log() {
  local command="" word found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -* ]] && break
    found=$(_call_log_words "\${command:+$command }$word")
    [[ -n $found ]] || break
    command="\${command:+$command }$word"
  done
  compadd -- $(_call_log_words "$command") || _files
}
compdef _call_log call-log`,
  fish: (next: NextWords) => `function __call_log_words
    switch "$argv"
${[...next].map(([command, words]) => `        case "${command}"\n            printf '%s\\n' ${words.join(" ")}`).join("\n")}
    end
end
function __call_log
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l command
    for word in $tokens
        string match -q -- '-*' $word; and break
        set -l found (__call_log_words $command $word)
        test (count $found) -gt 0; or break
        set -a command $word
    end
    __call_log_words $command
end
complete -c call-log -f -a '(__call_log)'
complete -c call-log -F -n '__fish_seen_subcommand_from import export dispatch'`,
} as const;

type Shell = keyof typeof SCRIPTS;
const SHELLS = Object.keys(SCRIPTS) as Shell[];

/** Add the command that prints a script for a shell, out of the commands that the program has then. */
export function addCompletion(program: Command, write: (text: string) => void): void {
  program
    .command("completion")
    .description("Print a script that completes commands and options in your shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      '\nFor this session: eval "$(call-log completion bash)", the same with zsh; call-log completion fish | source',
    )
    .action((shell: Shell) => write(`${SCRIPTS[shell](nextWords(program))}\n`));
}

function nextWords(command: Command, path: readonly string[] = []): NextWords {
  const words = command.commands.map((one) => one.name());
  const options = command.options.flatMap(({ long }) => long ?? []);
  return new Map([
    [path.join(" "), [...words, ...options, "--help"]],
    ...command.commands.flatMap((one) => [...nextWords(one, [...path, one.name()])]),
  ]);
}

function caseOf(next: NextWords): string {
  const cases = [...next].map(
    ([command, words]) => `    "${command}") echo "${words.join(" ")}" ;;`,
  );
  return `_call_log_words() {\n  case "$1" in\n${cases.join("\n")}\n  esac\n}`;
}
