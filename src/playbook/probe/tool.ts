import type { ProbeHost, ProbeLayer } from '../../values/evidence.ts';
import { shorten } from '../shorten.ts';

/**
 * Plain POSIX shell, with whichever of getent, nslookup, nc, curl, wget and openssl the image has. One line for each layer, LAYER TAB
 * RESULT TAB DETAIL, goes where the kubelet reads it (the termination message, of 4096 bytes at most), so that no right to logs is needed.
 * Each layer takes 3 to 6 seconds at most, and the first that fails is the last: what rests on it would only fail too. A certificate is
 * read for its dates and names; that the authorities of the image do not know its issuer is no failure, for the node may have others. No
 * credential is sent; with curl, an anonymous token is fetched where the registry wants one, over HTTPS and from no address of the node's
 * own, whose metadata a realm must not reach.
 */
const script = String.raw`
have() { command -v "$1" >/dev/null 2>&1; }
limit() { if have timeout; then timeout "$@"; else shift; "$@"; fi; }
say() { printf '%s\t%s\t%s\n' "$1" "$2" "$(printf '%s' "$3" | tr '\n\t\r' '   ' | cut -c1-700)" >>/dev/termination-log; }
over() { [ "$1" = 124 ] || [ "$1" = 143 ]; }
url="$PROBE_SCHEME://$PROBE_HOST:$PROBE_PORT$PROBE_PATH"
case "$PROBE_HOST" in
*:*|[0-9]*.[0-9]*.[0-9]*.[0-9]*) say dns ok 'an address, not a name';;
*) if have getent; then o=$(limit 4 getent ahosts "$PROBE_HOST" 2>&1); c=$?
     if [ $c = 0 ]; then say dns ok "$(printf '%s' "$o" | head -n 1 | cut -d' ' -f1)"
     elif over $c; then say dns failed 'lookup: no answer in time'; exit 0
     else say dns failed "getent: no address for $PROBE_HOST"; exit 0; fi
   elif have nslookup; then o=$(limit 4 nslookup "$PROBE_HOST" 2>&1); c=$?
     a=$(printf '%s\n' "$o" | sed -n '/^Name:/,$s/^Address[^:]*: *//p' | head -n 1)
     if [ -n "$a" ]; then say dns ok "$a"; elif over $c; then say dns failed 'lookup: no answer in time'; exit 0; else say dns failed "$o"; exit 0; fi
   else say dns unknown 'neither getent nor nslookup'; fi;;
esac
if have nc; then o=$(limit 5 nc -w 3 "$PROBE_HOST" "$PROBE_PORT" </dev/null 2>&1); c=$?
  if [ $c = 0 ]; then say tcp ok "port $PROBE_PORT"
  elif over $c; then say tcp failed 'connect: connection timed out'; exit 0
  else case "$o" in *nc:*remote*|*refused*|*timed\ out*|*nreachable*|*route*) say tcp failed "$o"; exit 0;; *) say tcp unknown 'nc does not tell';; esac; fi
else say tcp unknown 'no nc'; fi
doubt() { say tls unknown "certificate signed by unknown authority, by the authorities of this image: $1"; }
judge() { case "$1" in
  *expired*|*not\ yet\ *) say tls failed "certificate has expired or is not yet valid: $1"; exit 0;;
  *alternative\ certificate\ subject*|*match\ target*|*does\ not\ match*|*match\ requested*|*[Hh]ostname\ mismatch*) say tls failed "not valid for requested name: $1"; exit 0;;
  *issuer*|*self*signed*|*unknown\ authority*|*not\ trusted*|*unable\ to\ verify*) doubt "$1";;
  *) return 1;; esac; }
plain() { p=
  if [ "$PROBE_SCHEME" = http ]; then return; elif have wget; then p=$(limit 4 wget -S -O /dev/null "http${'$'}{url#https}" 2>&1 | status)
  elif have curl; then p=$(curl -sS -o /dev/null -w '%{http_code} from x' -m 4 "http${'$'}{url#https}" 2>&1 | status); fi
  case "$p" in 20*|401|403|404|429|5*) say tls failed 'server gave HTTP response to HTTPS client'; exit 0;; esac; }
status() { grep -o -E 'HTTP/[0-9.]+ [1-5][0-9][0-9]|^[1-5][0-9][0-9] from' | grep -o -E ' [1-5][0-9][0-9]|^[1-5][0-9][0-9]' | tail -n 1 | tr -d ' '; }
shown=
if [ "$PROBE_SCHEME" = http ]; then shown=1
elif have openssl; then o=$(limit 5 openssl s_client -connect "$PROBE_HOST:$PROBE_PORT" -servername "$PROBE_HOST" </dev/null 2>&1)
  part() { printf '%s\n' "$o" | openssl x509 -noout "$@" 2>/dev/null; }
  x=$(part -subject -issuer -dates)
  v=$(printf '%s\n' "$o" | sed -n 's/^ *Verif[a-z]* return code: *//p' | tail -n 1)
  if [ -n "$x" ]; then shown=1; n=$(part -ext subjectAltName | grep -o -E '(DNS|IP Address):[^, ]+' | cut -d: -f2- | tr '\n' ' ' | cut -c1-200 | sed 's/ $//')
    case "$PROBE_HOST" in *:*|[0-9]*.[0-9]*.[0-9]*.[0-9]*) m=$(part -checkip "$PROBE_HOST");; *) m=$(part -checkhost "$PROBE_HOST");; esac
    case "$v" in *not\ yet\ valid*) say tls failed "certificate is not yet valid: $x"; exit 0;; esac
    if ! part -checkend 0 >/dev/null; then say tls failed "certificate has expired: $x"; exit 0; fi
    case "$m" in *NOT\ match*) say tls failed "certificate is valid for ${'$'}{n:-other names}, not $PROBE_HOST: $x"; exit 0;; esac
    case "$v" in 0*) say tls ok "$x (by the authorities of this image: $v)";; *) judge "$v; $x" || say tls ok "$x (by the authorities of this image: $v)";; esac
  else plain; say tls unknown "$(printf '%s\n' "$o" | grep -i -m 1 error)"; fi
fi
c=0
if have curl; then o=$(curl -sS -D - -o /dev/null -w '%{http_code} from %{remote_ip}' --connect-timeout 3 -m 5 "$url" 2>&1); c=$?
  case $c in 51|60) [ -n "$shown" ] || judge "$o" || :; shown=1; o=$(curl -ksS -D - -o /dev/null -w '%{http_code} from %{remote_ip}' --connect-timeout 3 -m 5 "$url" 2>&1); c=$?;; esac
elif have wget; then o=$(limit 6 wget -S -O /dev/null "$url" 2>&1); c=$?
  case "$o" in *certificate*) [ -n "$shown" ] || judge "$o" && shown=1; case "$o" in *HTTP/*) ;; *) o=$(limit 6 wget -S -O /dev/null --no-check-certificate "$url" 2>&1); c=$?;; esac;; esac
fi
s=$(printf '%s\n' "$o" | status)
if [ -z "$s" ] && ! have curl && have openssl && [ "$PROBE_SCHEME" = https ]; then
  q=$(printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$PROBE_PATH" "$PROBE_HOST:$PROBE_PORT" | limit 5 openssl s_client -quiet -connect "$PROBE_HOST:$PROBE_PORT" -servername "$PROBE_HOST" 2>/dev/null | head -c 4000)
  t=$(printf '%s\n' "$q" | head -n 1 | status); if [ -n "$t" ]; then s=$t; o=$q; fi
fi
if ! have curl && ! have wget && [ -z "$s" ]; then [ -n "$shown" ] || say tls unknown 'no openssl'; say http unknown 'neither curl nor wget'; exit 0; fi
if [ -z "$shown" ]; then say tls unknown 'nothing that shows the certificate'; fi
with=
if [ "$s" = 401 ] && have curl; then
  h=$(printf '%s\n' "$o" | tr -d '\r' | grep -i -m 1 '^ *www-authenticate: *bearer ')
  field() { printf '%s\n' "$h" | sed -n "s/.*[ ,]$1=\"\([^\"]*\)\".*/\1/p" | sed 's/ /%20/g'; }
  r=$(field realm)
  case "$r" in https://169.254.*|https://127.*|https://localhost*|https://[[]*) ;;
  https://*) a=$(curl -ksS -w '\n%{http_code} from x' --connect-timeout 3 -m 4 "$r?service=$(field service)&scope=$(field scope)" 2>&1); c=$?
    t=$(printf '%s\n' "$a" | status)
    case "$t" in 429|5*) say http failed "status $t of the token server $r"; exit 0;; esac
    if [ -z "$t" ] || [ "$t" = 000 ]; then say http failed "token server $r: $(printf '%s\n' "$a" | grep -m 1 curl:)"; exit 0; fi
    k=$(printf '%s\n' "$a" | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p' | head -n 1)
    [ -n "$k" ] || k=$(printf '%s\n' "$a" | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' | head -n 1)
    if [ -n "$k" ]; then t=$(printf 'header = "Authorization: Bearer %s"\n' "$k" | curl -ksS -K - -o /dev/null -w '%{http_code} from x' --connect-timeout 3 -m 4 "$url" 2>&1 | status)
      if [ -n "$t" ]; then s=$t; with=', with an anonymous token'; fi; fi;;
  esac
fi
case "$s" in
429|5*) say http failed "status $s$with";;
[1-4]*) say http ok "status $s$with";;
*) plain
   if over $c; then say http failed 'request timed out'
   elif [ -z "$o" ] || [ $c -ge 128 ]; then say http unknown 'no answer that tells'
   else case "$o" in *curl:*) say http failed "$(printf '%s\n' "$o" | grep -m 1 curl:)";; *TLS*|*ssl*|*SSL*) say http unknown "the program of this image cannot: $o";; *) say http failed "$o";; esac; fi;;
esac
exit 0`;

/** What is put into the container; the host goes in as a value, never as a part of the script. */
export function toolScript({ host, port, scheme }: ProbeHost, path: string) {
  return {
    command: ['sh', '-c', script],
    env: [
      { name: 'PROBE_SCHEME', value: scheme },
      { name: 'PROBE_HOST', value: host },
      { name: 'PROBE_PORT', value: String(port) },
      { name: 'PROBE_PATH', value: path },
    ],
    terminationMessagePolicy: 'File',
  };
}

const layers: readonly ProbeLayer['layer'][] = ['dns', 'tcp', 'tls', 'http'];
const results: readonly ProbeLayer['result'][] = ['ok', 'failed', 'unknown'];

/** The layers that a tool reported, in the order of a connection; what is not in that form is left out. */
export function readLayers(message: string): readonly ProbeLayer[] {
  const lines = message.split('\n').map((line) => line.split('\t'));
  const known = lines.flatMap(([layer, result, detail = '']) => {
    const name = layers.find((candidate) => candidate === layer);
    const outcome = results.find((candidate) => candidate === result);
    return name && outcome ? [{ layer: name, result: outcome, detail: shorten(detail.trim(), 700) }] : [];
  });
  // What is told of a layer last stands: that plain HTTP was the answer shows only when HTTPS has failed.
  const last = new Map(known.map((one) => [one.layer, one]));
  return implied([...last.values()]);
}

/** Nothing in the image reads certificates. */
const unread = 'the answer came over HTTPS; its certificate was not read';
const through = 'as the answer over HTTPS shows';

/** Who got an answer over HTTPS had a connection and a handshake, whatever programs were there to show it. */
function implied(known: readonly ProbeLayer[]): readonly ProbeLayer[] {
  const answered = known.some(({ layer, result, detail }) => layer === 'http' && (result === 'ok' || /^status [1-5]\d\d\b/.test(detail)));
  if (!answered) return known;
  return known.map((one) =>
    one.result === 'unknown' && !isDoubt(one) ? { ...one, result: 'ok', detail: one.layer === 'tls' ? unread : through } : one,
  );
}

/** A certificate that the authorities of the image do not vouch for; those of the node may. */
function isDoubt({ layer, detail }: ProbeLayer): boolean {
  return layer === 'tls' && detail.startsWith('certificate');
}
