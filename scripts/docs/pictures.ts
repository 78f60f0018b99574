// npm run pictures: docs/pictures/why-light.svg and -dark.svg, from what the program prints about the demo's cluster.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { root } from '../build/root.ts';
import { startDemo } from '../demo/environment.ts';
import { svg, themes } from './svg.ts';

const typed = ['why', 'deploy/payment', '-n', 'shop'];

const output = `$ kubectl imagepull ${typed.join(' ')}\n${await outputOf(typed)}`;
mkdirSync(`${root}/docs/pictures`, { recursive: true });
for (const theme of themes) writeFileSync(`${root}/docs/pictures/why-${theme.name}.svg`, svg(output, theme));

/** As on a coloured terminal. The demo's registries have an authority of their own, which the picture need not show. */
async function outputOf(args: readonly string[]): Promise<string> {
  const demo = await startDemo();
  try {
    const env = { ...process.env, ...demo.env, FORCE_COLOR: '1', NO_COLOR: undefined };
    const child = spawn(process.execPath, [`${root}/src/main.ts`, ...args, `--registry-ca=${demo.directory}/registry-ca.crt`], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the program ended with ${code}`);
    return text;
  } finally {
    demo.stop();
  }
}
