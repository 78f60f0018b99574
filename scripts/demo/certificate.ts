import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority made for one run: nothing trusts it but what is given its certificate. */
export interface Authority extends Certificate {
  /** A server certificate for these DNS names and IPv4 addresses. */
  issue(names: readonly string[]): Certificate;
}

/** Makes an authority whose certificates are valid from an hour ago for 30 days (RFC 5280, ECDSA P-256 with SHA-256). */
export function makeAuthority(name: string): Authority {
  const own = newKey();
  const caExtensions = [
    extension(oid.basicConstraints, sequence(boolean(true))),
    extension(oid.keyUsage, bitString(Buffer.from([0x06]), 1)),
  ];
  const certificate = encode(name, own.publicKey, name, own.privateKey, caExtensions);
  const issue = (names: readonly string[]): Certificate => {
    const key = newKey();
    const extensions = [
      extension(oid.subjectAltName, sequence(...names.map(generalName))),
      extension(oid.extendedKeyUsage, sequence(oid.serverAuth, oid.clientAuth)),
    ];
    return { certificate: encode(names[0] ?? name, key.publicKey, name, own.privateKey, extensions), key: pemOf(key.privateKey) };
  };
  return { certificate, key: pemOf(own.privateKey), issue };
}

function encode(subject: string, publicKey: KeyObject, issuer: string, issuerKey: KeyObject, extensions: readonly Buffer[]): string {
  const hour = 3_600_000;
  const algorithm = sequence(oid.ecdsaWithSha256);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    nameOf(issuer),
    sequence(time(Date.now() - hour), time(Date.now() + 30 * 24 * hour)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, algorithm, bitString(sign('sha256', body, issuerKey), 0));
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

// --- DER (ITU-T X.690)

function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const bytes = [];
  for (let rest = body.length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => tagged(0x30, ...content);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));
const bitString = (bytes: Buffer, unused: number): Buffer => tagged(0x03, Buffer.from([unused]), bytes);
const identifier = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, tagged(0x04, value));
const nameOf = (commonName: string): Buffer => sequence(tagged(0x31, sequence(oid.commonName, tagged(0x0c, Buffer.from(commonName)))));
const time = (milliseconds: number): Buffer =>
  tagged(
    0x17,
    Buffer.from(
      `${new Date(milliseconds)
        .toISOString()
        .slice(2)
        .replace(/[-:T]|\..*/g, '')}Z`,
    ),
  );

function generalName(name: string): Buffer {
  const address = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name);
  return address ? tagged(0x87, Buffer.from(address.slice(1).map(Number))) : tagged(0x82, Buffer.from(name));
}

const oid = {
  commonName: identifier('550403'),
  basicConstraints: identifier('551d13'),
  keyUsage: identifier('551d0f'),
  subjectAltName: identifier('551d11'),
  extendedKeyUsage: identifier('551d25'),
  serverAuth: identifier('2b06010505070301'),
  clientAuth: identifier('2b06010505070302'),
  ecdsaWithSha256: identifier('2a8648ce3d040302'),
};
