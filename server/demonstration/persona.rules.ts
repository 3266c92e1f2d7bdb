import { DAY_MS, vietnamDay } from '../kernel/clock.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { People, Story } from './stories.ts';

/** What a registration may be made from: a story without what happens later. */
export type Account = Omit<Story, 'steps'>;
type Making = { atMs: number; people: People };

const LENGTH = { month: 7, year: 4 } as const;

/**
 * The body of `POST /api/cases` for a synthetic person: the story's own facts, and names, numbers and safe times made up
 * from lists. The same story always gives the same person.
 */
export function registrationOf(story: Account, { atMs, people }: Making): Record<string, unknown> {
  const chance = chanceOf(story.id);
  const day = vietnamDay(atMs);
  const [channel, addressType] = story.report;
  return {
    basis: basisOf(story, day),
    report: { receivedOn: day, channel, addressType },
    incident: incidentOf(story, atMs),
    survivor: survivorOf(story, { chance, people, day }),
    perpetrators: story.perpetrators.map((each) => perpetratorOf(each, { chance, people })),
    children: (story.children ?? []).map((child) => ({ livesWithSurvivor: 'YES', isAtRisk: 'NO', ...child })),
    risk: story.risk,
  };
}

function basisOf(story: Account, day: string): Record<string, unknown> {
  const asked = {
    consenter: 'SELF',
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: day,
    isReportUseAgreed: true,
  };
  if (story.basis === undefined || story.basis.code === 'CONSENT') return { code: 'CONSENT', ...asked, ...story.basis };
  return { isReportUseAgreed: false, ...story.basis };
}

function incidentOf(story: Account, atMs: number): Record<string, unknown> {
  const { daysBefore, precision, occurredAt, timeOfDay, placeType, areaCode, ...rest } = story.incident;
  const on = vietnamDay(atMs - daysBefore * DAY_MS);
  return {
    health: { needs: ['NONE'], isPregnant: story.survivor.sex === 'FEMALE' ? 'UNKNOWN' : 'NO' },
    ...rest,
    occurred: {
      on: precision === undefined ? on : on.slice(0, LENGTH[precision]),
      ...(occurredAt === undefined ? {} : { at: occurredAt }),
      timeOfDay,
    },
    place: { areaCode: areaCode ?? story.areaCode, placeType },
  };
}

type Persona = { chance: Chance; people: People; day: string };

function survivorOf(story: Account, { chance, people, day }: Persona): Record<string, unknown> {
  const { age, sex, isReticent = false, contact, ...rest } = story.survivor;
  const bornOn = birthday(age, day, chance);
  const name = nameOf(people, chance, { sex, isMinority: rest['ethnicityGroup'] === 'MINORITY' });
  const number = chance.between(100, 999);
  const papers = isReticent || age < 15 ? {} : { identityNumber: identityNumber(sex, bornOn, number) };
  const phone = isReticent || age < 13 ? {} : { phone: `0905 000 ${number}`, methods: ['CALL'] };
  return {
    fullName: name,
    bornOn: isReticent ? bornOn.slice(0, 4) : bornOn,
    ageBand: 'UNKNOWN',
    sex,
    ethnicityGroup: 'KINH',
    ...papers,
    disabilities: ['NONE'],
    languages: ['VIE'],
    accessNeeds: ['NONE'],
    ...rest,
    contact: {
      methods: ['IN_PERSON'],
      ...phone,
      safeTimes: chance.pick(people.safeTimes),
      mayLeaveMessage: false,
      codeWord: chance.pick(people.codeWords),
      areaCode: story.areaCode,
      ...contact,
    },
  };
}

function perpetratorOf(
  given: Story['perpetrators'][number],
  { chance, people }: Omit<Persona, 'day'>,
): Record<string, unknown> {
  const { isNamed = true, ...rest } = given;
  const sex = String(rest['sex'] ?? 'MALE');
  const name = nameOf(people, chance, { sex, isMinority: false });
  return { sex, livesWithSurvivor: 'NO', ...(isNamed ? { fullName: name } : {}), ...rest };
}

function nameOf(people: People, chance: Chance, of: { sex: string; isMinority: boolean }): string {
  const list = of.isMinority ? people.minority : people;
  const side = of.sex === 'MALE' ? 'MALE' : 'FEMALE';
  return `${chance.pick(list.family)} ${chance.pick(list.middle[side])} ${chance.pick(list.given[side])}`.replaceAll(
    '  ',
    ' ',
  );
}

/** A birthday that makes the person exactly that old on `day`. */
function birthday(age: number, day: string, chance: Chance): string {
  const sinceBirthday = chance.between(5, 350);
  const lastBirthday = new Date(Date.parse(`${day}T00:00:00Z`) - sinceBirthday * DAY_MS).toISOString();
  const monthAndDay = lastBirthday.slice(4, 10).replace('-02-29', '-02-28');
  return `${Number(lastBirthday.slice(0, 4)) - age}${monthAndDay}`;
}

/** The shape of a Vietnamese personal number (province 048, century and sex, year) with a made-up end. */
function identityNumber(sex: string, bornOn: string, number: number): string {
  const century = Number(bornOn.slice(0, 4)) >= 2000 ? 2 : 0;
  return `048${century + (sex === 'FEMALE' ? 1 : 0)}${bornOn.slice(2, 4)}000${number}`;
}
