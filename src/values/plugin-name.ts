/** This plugin's name: the one in plugin.yaml. */
export const pluginName = 'imagepull';

/** How it is typed, in texts that are the same however the program was called. */
export const pluginCommand = `kubectl ${pluginName}`;

/** How kubectl finds it (krew's naming guide). */
export const pluginProgram = `kubectl-${pluginName.replaceAll('-', '_')}`;
