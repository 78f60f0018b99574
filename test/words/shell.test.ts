import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { command, shellQuote } from '../../src/words/shell.ts';

describe('shellQuote', () => {
  it('leaves plain names alone', () => {
    assert.equal(
      command('kubectl', '-n', 'shop', 'app=registry.example.com:5000/a/b@sha256:0'),
      'kubectl -n shop app=registry.example.com:5000/a/b@sha256:0',
    );
  });

  it('quotes the rest', () => {
    assert.equal(shellQuote(''), "''");
    assert.equal(shellQuote('a b'), "'a b'");
    assert.equal(shellQuote("it's"), "'it'\\''s'");
    assert.equal(shellQuote('~root'), "'~root'");
    assert.equal(shellQuote('a\nb'), "$'a\\x0ab'");
    assert.equal(shellQuote('a\u202eb'), "$'a\\xe2\\x80\\xaeb'");
  });

  it('gives back the same text in a shell, on one line', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => !value.includes('\0'));
    const word = fc.oneof(text, fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', '\x1b', '7', 'a', '!', ' ') }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 40, maxLength: 40 }), (words) => {
        const line = words.map(shellQuote).join(' ');
        assert.doesNotMatch(line, /[\n\r\x1b]/);
        const out = execFileSync('/bin/bash', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
        assert.deepEqual(out.split('\0').slice(0, -1), words);
      }),
      { numRuns: 25 },
    );
  });
});
