import { pluginProgram } from '../../values/plugin-name.ts';
import type { Io } from '../io.ts';
import { programName } from '../program-name.ts';

/** `completion`: the program that kubectl looks for when it completes this plugin's words. Where to put it stands in it. */
export async function completion(io: Io): Promise<number> {
  io.stdout.write(shim(io.program));
  return 0;
}

/** kubectl puts `_complete` before the first hyphen of the plugin's name (kubectl/pkg/cmd/plugin/plugin_completion.go). */
function shim(program: string): string {
  const plugin = program.startsWith('kubectl-') ? program : pluginProgram;
  const completer = plugin.replace('-', '_complete-');
  const self = programName(plugin);
  return `#!/bin/sh
# Completes the words after "${self}". kubectl (1.26 or later) runs a program of the name
# ${completer}, which has to be on your PATH:
#
#   ${self} completion > ~/.local/bin/${completer}
#   chmod +x ~/.local/bin/${completer}
#
# kubectl's own completion must be on in your shell: see "kubectl completion --help".
# A link by that name to ${plugin} does the same; on Windows, a copy ${completer}.exe of
# ${plugin}.exe.
exec ${plugin} __complete "$@"
`;
}
