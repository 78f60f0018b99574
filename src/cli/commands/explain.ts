import { catalogue } from '../../causes/catalogue.ts';
import type { Reading } from '../../causes/reader/pull-error.ts';
import { jsonText, yamlText } from '../../report/render/document.ts';
import { type CauseCode, causeCodes } from '../../values/cause-code.ts';
import { isPlaceholder } from '../../values/home-page.ts';
import { readPasted } from '../explain/messages.ts';
import { causeList, messagesText } from '../explain/text.ts';
import type { Io } from '../io.ts';
import { CommandError } from '../program-errors.ts';
import type { ExplainRequest } from '../request.ts';
import { causePage, homePage } from '../resources.ts';

/** More than any event or log line about a pull. */
const messageLimit = 1 << 20;

/** Offline: the page of a cause, what a message says, or all causes. */
export async function explain({ topic, output }: ExplainRequest, io: Io): Promise<number> {
  const answer = await answerTo(topic, io);
  io.stdout.write(output === 'text' ? answer.text : output === 'json' ? jsonText(answer.value) : await yamlText(answer.value));
  return 0;
}

interface Answer {
  readonly text: string;
  readonly value: object;
}

async function answerTo(topic: ExplainRequest['topic'], io: Io): Promise<Answer> {
  if (topic === undefined) {
    return { text: causeList(catalogue), value: { apiVersion: 'imagepull/v1', kind: 'CauseList', items: causeCodes.map(causeValue) } };
  }
  if ('code' in topic) return page(topic.code);
  const text = 'message' in topic ? topic.message : (await io.stdin.text(messageLimit)).trim();
  if (text === '') throw new CommandError('error: no message: standard input is empty');
  return message(text);
}

function page(code: CauseCode): Answer {
  const text = causePage(code);
  if (text === null) throw new CommandError(`error: the page of ${code} is missing in this build`);
  return { text: `${text.trimEnd()}\n`, value: { apiVersion: 'imagepull/v1', kind: 'Cause', ...causeValue(code), page: text } };
}

function message(text: string): Answer {
  const readings = readPasted(text);
  const values = readings.map(readingValue);
  const [only] = values;
  return {
    text: messagesText(readings, catalogue, isPlaceholder(homePage()) ? null : `${homePage()}/issues`),
    value: values.length === 1 && only ? only : { apiVersion: 'imagepull/v1', kind: 'MessageReadingList', items: values },
  };
}

function readingValue({ error, code, confidence, alternatives }: Reading) {
  const titled = alternatives.map((alternative) => ({ ...alternative, title: catalogue[alternative.code].title }));
  return { apiVersion: 'imagepull/v1', kind: 'MessageReading', cause: { ...causeValue(code), confidence }, alternatives: titled, error };
}

function causeValue(code: CauseCode) {
  const { family, title, retry } = catalogue[code];
  return { code, family, title, retry };
}
