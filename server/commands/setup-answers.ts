import { CommandError } from './command-error.ts';
import type { Answers, Known, Question } from './setup-checks.ts';
import { QUESTIONS } from './setup-questions.ts';

/** Asks a person; undefined where nobody can be asked. */
export type Ask = ((question: string) => Promise<string>) | undefined;
export type Answering = { given: Answers; known: Known; ask: Ask; complain: (line: string) => void };

/**
 * Goes through the questions in order: what was given is checked, what is missing is asked for, or, where nobody can be
 * asked and silence means nothing, collected into one error.
 * @throws CommandError that names every missing or faulty answer with its flag
 */
export async function completeAnswers(answering: Answering): Promise<Answers> {
  const faults: string[] = [];
  let answers: Answers = answering.given;
  for (const question of QUESTIONS) {
    if (question.isNeeded?.(answers, answering.known) === false) {
      answers = { ...answers, [question.key]: '' };
      continue;
    }
    const answer = await answerTo(question, answers, answering);
    if ('fault' in answer) faults.push(answer.fault);
    else answers = { ...answers, [question.key]: answer.value };
  }
  if (faults.length > 0)
    throw new CommandError(`Chưa đủ hoặc chưa đúng:\n${faults.join('\n')}`, 'Missing or faulty: see the lines above.');
  return answers;
}

type Answer = { value: string } | { fault: string };

async function answerTo(question: Question, answers: Answers, { known, ask, complain }: Answering): Promise<Answer> {
  let typed = answers[question.key];
  for (;;) {
    typed = typed ?? (await askFor(question, known, ask)) ?? question.fallback?.(answers, known);
    const fault = faultOf(question, typed, { answers, known });
    if (fault === null) return { value: valueOf(question, typed ?? '', { answers, known }) };
    if (ask === undefined) return { fault };
    complain(fault);
    typed = undefined;
  }
}

type Setting = { answers: Answers; known: Known };

function valueOf(question: Question, typed: string, { answers, known }: Setting): string {
  const value = clean(typed);
  return value === '' ? (question.fallback?.(answers, known) ?? value) : value;
}

function clean(typed: string): string {
  return typed.normalize('NFC').trim();
}

function faultOf(question: Question, typed: string | undefined, { answers, known }: Setting): string | null {
  if (typed === undefined) return `  --${question.flag}: ${question.vi} / ${question.en}`;
  const value = clean(typed);
  const fault = question.check(value, { answers: { ...answers, [question.key]: value }, known });
  return fault === null ? null : `  --${question.flag} “${value}”: ${fault.vi} / ${fault.en}`;
}

async function askFor(question: Question, known: Known, ask: Ask): Promise<string | undefined> {
  if (ask === undefined) return undefined;
  const choices = [...(question.choices?.(known) ?? [])].map(([code, name]) => `    ${code}  ${name}`);
  return ask([`${question.vi} / ${question.en}`, ...choices].join('\n'));
}

/** Answers from flags (`agency-kind`) or from a JSON object (`agencyKind`); lists may be arrays. @throws CommandError for a name that no question has */
export function answersFrom(named: Readonly<Record<string, unknown>>): Answers {
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => {
      const question = QUESTIONS.find((each) => each.key === name || each.flag === name);
      const text = Array.isArray(value) ? value.join(',') : value;
      if (question === undefined || typeof text !== 'string')
        throw new CommandError(`Không hiểu mục "${name}".`, `"${name}" is not understood.`);
      return [question.key, text];
    }),
  );
}
