import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `__atomic_compare_exchange(size, pointer, expected, desired, …)` for what Node calls it with, eight bytes at an address that is a multiple of eight. Anything
 * else is a trap: it ends the program rather than go on with a wrong answer. Assembled by llvm-mc:
 *   amd64: cmpq $8,%rdi; jne 9f; movq (%rdx),%rax; movq (%rcx),%rcx; lock cmpxchgq %rcx,(%rsi); movq %rax,(%rdx); sete %al; ret; 9: ud2
 *   arm64: cmp x0,#8; b.ne 9f; tst x1,#7; b.ne 9f; ldr x4,[x2]; ldr x5,[x3]; 1: ldaxr x6,[x1]; cmp x6,x4; b.ne 2f; stlxr w7,x5,[x1]; cbnz w7,1b;
 *          mov w0,#1; ret; 2: clrex; str x6,[x2]; mov w0,#0; ret; 9: brk #1
 */
const code = {
  amd64: '4883ff087512488b02488b09f0480fb10e4889020f94c0c30f0b',
  arm64:
    '1f2000f1010200543f0840f2c1010054440040f9650040f926fc5fc8df0004eba100005425fc07c887ffff3520008052c0035fd65f3f03d5460000f900008052c0035fd6200020d4',
} as const;

const symbol = '__atomic_compare_exchange';
const library = 'libatomic.so.1';
const present = 'libc.so.6';

/**
 * Node 26 for Linux wants libatomic.so.1 for one function, and minimal systems lack it: no program of ours would start there. This puts that function into the
 * Node (into the zeros behind its code, up to the next page), binds the symbol to it, and asks for libc, which is there anyway, in libatomic's place.
 * Layout: System V ABI, ELF-64; symbol versions: Linux Standard Base.
 * @throws Error for a Node that is not as expected: then leave this out, or mend it
 */
export function withoutLibatomic(node: string, arch: keyof typeof code): void {
  const elf = readFileSync(node);
  if (elf.includes(library)) writeFileSync(node, replaced(elf, Buffer.from(code[arch], 'hex')));
}

/** Exported for its test. Changes what it is given. */
export function replaced(elf: Buffer, machineCode: Buffer): Buffer {
  const sections = readSections(elf);
  const section = (name: string): Section => sections.find((one) => one.name === name) ?? absent(`section ${name}`);
  const [text, dynsym, dynstr, versions, needs, dynamic] = [
    '.text',
    '.dynsym',
    '.dynstr',
    '.gnu.version',
    '.gnu.version_r',
    '.dynamic',
  ].map(section) as [Section, Section, Section, Section, Section, Section];
  const nameAt = (offset: number) => text0(elf, dynstr.offset + offset);

  const address = appendCode(elf, machineCode);
  const index = range(dynsym.size / 24).find((one) => nameAt(elf.readUInt32LE(dynsym.offset + one * 24)) === symbol) ?? absent(symbol);
  const entry = dynsym.offset + index * 24;
  elf.writeUInt8(0x02, entry + 4); // a function, local
  elf.writeUInt8(0x02, entry + 5); // hidden
  elf.writeUInt16LE(sections.indexOf(text), entry + 6);
  elf.writeBigUInt64LE(address, entry + 8);
  elf.writeBigUInt64LE(BigInt(machineCode.length), entry + 16);
  elf.writeUInt16LE(0, versions.offset + index * 2);

  const wanted = range(dynamic.size / 16)
    .map((one) => dynamic.offset + one * 16)
    .filter((at) => elf.readBigUInt64LE(at) === 1n);
  const needed = (name: string) => wanted.find((at) => nameAt(Number(elf.readBigUInt64LE(at + 8))) === name) ?? absent(name);
  elf.copy(elf, needed(library) + 8, needed(present) + 8, needed(present) + 16);

  const files = readNeeds(elf, needs.offset);
  const need = (name: string) => files.find((at) => nameAt(elf.readUInt32LE(at + 4)) === name) ?? absent(`versions of ${name}`);
  const [from, to] = [need(present), need(library)];
  if (elf.readUInt16LE(to + 2) !== 1) throw new Error(`${library} is wanted for more than one version`);
  elf.copy(elf, to + 4, from + 4, from + 8);
  const [version, replacedVersion] = [from, to].map((at) => at + elf.readUInt32LE(at + 8)) as [number, number];
  elf.copy(elf, replacedVersion, version, version + 4); // its hash
  elf.copy(elf, replacedVersion + 8, version + 8, version + 12); // its name
  return elf;
}

interface Section {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

function readSections(elf: Buffer): readonly Section[] {
  const start = Number(elf.readBigUInt64LE(0x28));
  const at = range(elf.readUInt16LE(0x3c)).map((one) => start + one * 64);
  const names = Number(elf.readBigUInt64LE((at[elf.readUInt16LE(0x3e)] ?? 0) + 24));
  return at.map((one) => ({
    name: text0(elf, names + elf.readUInt32LE(one)),
    offset: Number(elf.readBigUInt64LE(one + 24)),
    size: Number(elf.readBigUInt64LE(one + 32)),
  }));
}

/** Makes the executable segment longer by the code, and returns where that will be in memory. */
function appendCode(elf: Buffer, machineCode: Buffer): bigint {
  const start = Number(elf.readBigUInt64LE(0x20));
  const executable = 1;
  const segment =
    range(elf.readUInt16LE(0x38))
      .map((one) => start + one * 56)
      .find((at) => elf.readUInt32LE(at) === 1 && elf.readUInt32LE(at + 4) & executable) ?? absent('executable segment');
  const [offset, address, size] = [8, 16, 32].map((field) => elf.readBigUInt64LE(segment + field)) as [bigint, bigint, bigint];
  const place = (size + 15n) & ~15n;
  const room = elf.subarray(Number(offset + place), Number(offset + place) + machineCode.length);
  if (room.some((byte) => byte !== 0)) throw new Error('there is no room behind the code of this Node');
  machineCode.copy(room);
  for (const field of [32, 40]) elf.writeBigUInt64LE(place + BigInt(machineCode.length), segment + field);
  return address + place;
}

function readNeeds(elf: Buffer, first: number): readonly number[] {
  const found = [first];
  for (let next = elf.readUInt32LE(first + 12), at = first; next !== 0; next = elf.readUInt32LE(at + 12)) {
    at += next;
    found.push(at);
  }
  return found;
}

function text0(elf: Buffer, offset: number): string {
  return elf.toString('latin1', offset, elf.indexOf(0, offset));
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function absent(what: string): never {
  throw new Error(`this Node has no ${what}`);
}
