import { configurationError } from '../kubeconfig/configuration-error.ts';
import type { Connection } from '../kubeconfig/connection.ts';
import type { ExecEntry } from '../kubeconfig/types.ts';
import { NetworkError } from '../transport/network-error.ts';
import { credentialApiVersions, execInfo, type ParsedCredential, parseExecCredential } from './exec-credential.ts';
import type { CredentialOptions, Credentials, Identity } from './identity.ts';
import { readPluginPolicy, requireAllowed } from './plugin-policy.ts';

const outputLimit = 1024 * 1024;
/** Milliseconds; plugins that ask nobody answer within a second or two. */
const longLogin = 5000;

/**
 * A client-go credential plugin, run as kubectl runs it (client-go: plugin/pkg/client/auth/exec/exec.go): one process for any number of
 * requests, its answer kept until it expires or the server refuses it.
 * @throws ConnectionError at once for an apiVersion that kubectl does not know.
 */
export function execCredentials(exec: ExecEntry, connection: Connection, options: CredentialOptions): Credentials {
  if (!credentialApiVersions.includes(exec.apiVersion)) throw configurationError(`exec plugin: invalid apiVersion "${exec.apiVersion}"`);
  const policy = readPluginPolicy(options.env, options.stderr);
  let running: Promise<ParsedCredential> | null = null;

  const fetch = async (): Promise<ParsedCredential> => {
    requireAllowed(policy, exec.command, options.env);
    const interactive = isInteractive(exec, options.isTTY);
    const output = await run(exec, execInfo(exec, connection, interactive), interactive, options);
    return parseExecCredential(output, exec.apiVersion);
  };
  return {
    async current() {
      const known = await running;
      if (known?.expiresAt && known.expiresAt <= Date.now()) running = null;
      // A failure is kept as well: who needs a login would be asked for it once more by each request.
      running ??= fetch().catch((error: Error) => {
        throw error instanceof NetworkError ? new NetworkError(error.kind, `getting credentials: ${error.message}`) : error;
      });
      return (await running).identity;
    },
    refuse(identity: Identity) {
      const refused = running;
      void refused?.then((known) => {
        if (known.identity === identity && running === refused) running = null;
      });
      return true;
    },
  };
}

function isInteractive(exec: ExecEntry, isTTY: boolean): boolean {
  if (exec.interactiveMode === 'Never') return false;
  if (exec.interactiveMode === 'Always' && !isTTY) {
    throw new NetworkError('failed', 'exec plugin cannot support interactive mode: standard input is not a terminal');
  }
  return isTTY;
}

/** Standard output of the plugin. Its standard error is passed on as it comes: device codes and prompts are shown there. */
async function run(exec: ExecEntry, info: string, interactive: boolean, options: CredentialOptions): Promise<string> {
  const { spawn } = await import('node:child_process');
  const { PKG_EXECPATH: _ours, ...inherited } = options.env;
  const configured = Object.fromEntries(exec.env.map(({ name, value }) => [name, value]));
  return new Promise((resolve, reject) => {
    const child = spawn(exec.command, exec.args, {
      env: { ...inherited, ...configured, KUBERNETES_EXEC_INFO: info },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
      signal: options.signal,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let isAsking = false;
    const waiting = setTimeout(() => isAsking || options.loginWaits?.(exec.command), longLogin);
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= outputLimit) chunks.push(chunk);
      else child.kill();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // A line that is not ended is a question: nothing may stand between it and its answer.
      isAsking = !text.endsWith('\n');
      options.stderr(text);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(waiting);
      reject(new NetworkError('failed', startFault(exec, error)));
      // What the plugin itself started may live on: it is not waited for.
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    child.on('close', (code) => {
      clearTimeout(waiting);
      if (size > outputLimit) reject(new NetworkError('failed', `exec: executable ${exec.command} wrote more than 1 MiB`));
      else if (code === 0) resolve(Buffer.concat(chunks).toString());
      else reject(new NetworkError('failed', `exec: executable ${exec.command} failed with exit code ${code ?? -1}`));
    });
  });
}

const pluginHelp = `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins`;

function startFault({ command, installHint }: ExecEntry, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' && !/[/\\]/.test(command)) {
    const hint = plain(installHint);
    return `exec: executable ${command} not found${pluginHelp}${hint === '' ? '' : `\n\n${hint}`}`;
  }
  if (code === 'ENOENT') return `exec: fork/exec ${command}: no such file or directory`;
  if (code === 'EACCES') return `exec: fork/exec ${command}: permission denied`;
  return `exec: ${message}`;
}

/** Without the control characters that a kubeconfig from elsewhere could move the cursor with. */
function plain(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
