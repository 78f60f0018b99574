import type { Fix } from '../../values/verdict.ts';
import { command } from '../../words/shell.ts';
import { clip, sentences } from '../../words/text.ts';
import { failingHost, otherHost, theFailingHost, theNode } from '../facts.ts';
import { allowPlainHttp, isHost, lookOnNode, trustAuthority } from '../fix/node.ts';
import { correctWhereItLeads } from '../fix/other-host.ts';
import { present } from '../fix/present.ts';
import { setImage } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

const tlsUnknownAuthority: CatalogueEntry = {
  family: 'tls',
  title: "the certificate's authority is not trusted",
  retry: 'never',
  explanation: (view) => `${theNodeFirst(view)} does not trust the authority that signed the certificate of ${theFailingHost(view)}.`,
  fixes: (view) => [
    trustAuthority(view, failingHost(view)),
    {
      title: 'see the chain: a public authority without its intermediate certificate must be completed at the registry',
      commands: [showChain(view)],
    },
  ],
};

const tlsNameMismatch: CatalogueEntry = {
  family: 'tls',
  title: 'the certificate is for another name',
  retry: 'never',
  explanation(view) {
    const raw = view.reading?.error.raw ?? '';
    if (wantsAddress(view)) {
      return sentences(
        `The image names its registry by the address ${theFailingHost(view)}, and the certificate that was presented there holds no address, only names.`,
        'What listens there may well be the right registry.',
      );
    }
    const names = /certificate is valid for (.+?), not /.exec(raw)?.[1];
    return sentences(
      `The certificate that ${theFailingHost(view)} presented is not for that name${names ? `, but for ${clip(names)}` : ''}.`,
      'The host is misspelt, the certificate lacks the name, or something else answers there.',
    );
  },
  fixes: (view) => [
    otherHost(view)
      ? correctWhereItLeads(view)
      : setImage(
          view,
          null,
          wantsAddress(view)
            ? 'write the image with a name of the certificate'
            : 'if the host in the image name is wrong, use a name of the certificate',
        ),
    {
      title: `or issue the registry's certificate with this ${wantsAddress(view) ? 'address' : 'name'} among its subject alternative names`,
      commands: [],
    },
    { title: 'see which certificate it is', commands: [showChain(view)] },
  ],
};

/** Go's crypto/x509 of a host that is an address, and a certificate without any. */
function wantsAddress(view: ImageView): boolean {
  return otherHost(view) === null && /doesn't contain any IP SANs/.test(view.reading?.error.raw ?? '');
}

const tlsExpired: CatalogueEntry = {
  family: 'tls',
  title: 'the certificate is outside its dates',
  retry: 'never',
  explanation(view) {
    const clock = /current time (\S+) is (after|before) (\S+)/.exec(view.reading?.error.raw ?? '');
    const dates = clock
      ? ` by the clock of ${theNode(view)}: there it was ${clip(clock[1] ?? '')}, ${clock[2]} ${clip((clock[3] ?? '').replace(/[,.;:]+$/, ''))}`
      : '';
    return `The certificate of ${theFailingHost(view)} has expired or is not yet valid${dates}.`;
  },
  fixes: (view) =>
    present(
      { title: "renew the registry's certificate (this shows its chain and dates)", commands: [showChain(view)] },
      seenExpired(view) ? null : lookOnNode(view, "if it is valid, correct the node's clock", 'date', '-u'),
    ),
};

/** By this workstation's clock as well: it is not the node's. */
function seenExpired({ registry }: ImageView): boolean {
  return (registry?.attempts ?? []).some(({ exchanges }) =>
    exchanges.some(({ fault }) => fault?.layer === 'tls' && fault.code === 'expired'),
  );
}

const tlsHandshakeFailed: CatalogueEntry = {
  family: 'tls',
  title: 'the TLS handshake fails',
  retry: 'never',
  explanation: (view) =>
    isNoTls(view)
      ? `What answers ${theNode(view)} at ${theFailingHost(view)} speaks neither TLS nor an HTTP that the runtime knows for one: another program listens there.`
      : `${theNodeFirst(view)} and ${theFailingHost(view)} could not agree on a TLS connection.`,
  fixes(view) {
    if (isNoTls(view)) {
      return [
        otherHost(view) ? correctWhereItLeads(view) : setImage(view, null, 'correct the port in the image name to that of the registry'),
        { title: 'see what answers there', commands: [showChain(view)] },
      ];
    }
    return handshakeFixes(view);
  },
};

/** Go's crypto/tls of a first record that is none; an answer of HTTP it would have known (net/http: "server gave HTTP response"). */
function isNoTls(view: ImageView): boolean {
  return /first record does not look like a TLS handshake/.test(view.reading?.error.raw ?? '');
}

function handshakeFixes(view: ImageView): Fix[] {
  return [
    { title: 'see how far it gets: protocol version, cipher, a client certificate that is asked for', commands: [showChain(view)] },
    { title: 'give the runtime the client certificate that the registry asks for, or enable TLS 1.2 or 1.3 at the registry', commands: [] },
  ];
}

const httpOnHttps: CatalogueEntry = {
  family: 'tls',
  title: 'HTTP is spoken where HTTPS is expected',
  retry: 'never',
  explanation(view) {
    const reverse = /HTTP request to an HTTPS server/i.test(view.reading?.error.raw ?? '');
    if (reverse) return `${theNodeFirst(view)} spoke plain HTTP to ${theFailingHost(view)}, which expects HTTPS.`;
    return `${theNodeFirst(view)} spoke HTTPS to ${theFailingHost(view)}, which answered in plain HTTP.`;
  },
  fixes: (view) => [
    { title: 'give the registry a certificate and serve HTTPS, or use the port that does', commands: [] },
    allowPlainHttp(view, failingHost(view)),
  ],
};

/** Shows what the registry presents: run it from the node's network where the workstation's differs. */
function showChain(view: ImageView): string {
  const host = failingHost(view);
  const name = isHost(host) ? host : 'HOST';
  const bare = name.replace(/:\d+$/, '');
  const address = /:\d+$/.test(name) ? name : `${name}:443`;
  return `${command('openssl', 's_client', '-connect', address, '-servername', bare, '-showcerts')} </dev/null`;
}

function theNodeFirst(view: ImageView): string {
  const node = theNode(view);
  return node.charAt(0).toUpperCase() + node.slice(1);
}

export const tls = {
  'tls-unknown-authority': tlsUnknownAuthority,
  'tls-name-mismatch': tlsNameMismatch,
  'tls-expired': tlsExpired,
  'tls-handshake-failed': tlsHandshakeFailed,
  'http-on-https': httpOnHttps,
};
