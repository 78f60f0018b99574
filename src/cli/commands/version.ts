import { goPlatform } from '../../values/go-platform.ts';
import type { Io } from '../io.ts';
import type { VersionRequest } from '../request.ts';
import { packageVersion } from '../resources.ts';

export async function version({ output }: VersionRequest, io: Io): Promise<number> {
  const clientVersion = {
    gitVersion: `v${packageVersion()}`,
    nodeVersion: process.version,
    platform: goPlatform(process.platform, process.arch),
  };
  if (output === 'text') {
    io.stdout.write(
      `Client Version: ${clientVersion.gitVersion}\nNode Version: ${clientVersion.nodeVersion}\nPlatform: ${clientVersion.platform}\n`,
    );
    return 0;
  }
  const { jsonText, yamlText } = await import('../../report/render/document.ts');
  io.stdout.write(output === 'json' ? jsonText({ clientVersion }) : await yamlText({ clientVersion }));
  return 0;
}
