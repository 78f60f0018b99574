import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBool, parseInteger } from '../../src/cli/go-values.ts';
import { parseDuration } from '../../src/values/go-duration.ts';

test('durations are read as by time.ParseDuration', () => {
  const milliseconds: [string, number][] = [
    ['0', 0],
    ['60s', 60_000],
    ['1m', 60_000],
    ['1h15m30.5s', 4_530_500],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1.s', 1000],
    ['+3ms', 3],
    ['-2s', -2000],
    ['250us', 0.25],
    ['250µs', 0.25],
  ];
  for (const [text, value] of milliseconds) assert.deepEqual(parseDuration(text), { value }, text);
});

test('what is no duration is refused in its words', () => {
  const errors: [string, string][] = [
    ['', 'time: invalid duration ""'],
    ['abc', 'time: invalid duration "abc"'],
    ['s', 'time: invalid duration "s"'],
    ['-', 'time: invalid duration "-"'],
    ['.s', 'time: invalid duration ".s"'],
    ['60', 'time: missing unit in duration "60"'],
    ['1m5', 'time: missing unit in duration "1m5"'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1 s', 'time: unknown unit " s" in duration "1 s"'],
  ];
  for (const [text, error] of errors) assert.deepEqual(parseDuration(text), { error }, text);
});

test('booleans and integers are read as by strconv', () => {
  for (const text of ['1', 't', 'T', 'TRUE', 'true', 'True']) assert.deepEqual(parseBool(text), { value: true });
  for (const text of ['0', 'f', 'F', 'FALSE', 'false', 'False']) assert.deepEqual(parseBool(text), { value: false });
  for (const text of ['', 'yes', 'tRue']) assert.ok('error' in parseBool(text), text);
  assert.deepEqual(parseInteger('-12'), { value: -12 });
  assert.deepEqual(parseInteger('0x10'), { error: 'strconv.ParseInt: parsing "0x10": invalid syntax' });
  assert.deepEqual(parseInteger('99999999999999999999'), { error: 'strconv.ParseInt: parsing "99999999999999999999": value out of range' });
});
