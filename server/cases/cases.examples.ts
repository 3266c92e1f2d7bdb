import { exampleDay } from '../kernel/clock.ts';

// Synthetic people. Each example works when tried in the order of the main job; a test does so.

export const REGISTER_EXAMPLE = {
  basis: {
    code: 'CONSENT',
    consenter: 'SELF',
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: exampleDay(-1),
    isReportUseAgreed: true,
  },
  report: { receivedOn: exampleDay(-1), channel: 'IN_PERSON', addressType: 'SOCIO_POLITICAL_ORG' },
  incident: {
    kind: 'violence',
    gbvType: 'PHYSICAL_ASSAULT',
    lawActs: ['DV03A', 'DV03B'],
    occurred: { on: exampleDay(-2), at: '21:30', timeOfDay: 'NIGHT' },
    place: { areaCode: '20263', placeType: 'HOME_SHARED' },
    narrative: 'Bị đánh vào vai và doạ đuổi khỏi nhà sau khi cãi nhau về tiền.',
    health: { needs: ['INJURY'], isPregnant: 'NO' },
  },
  survivor: {
    fullName: 'Nguyễn Thị Minh Hoạ',
    bornOn: '1994-05-12',
    ageBand: 'B25_59',
    sex: 'FEMALE',
    ethnicityGroup: 'KINH',
    maritalStatus: 'MARRIED',
    identityNumber: '048194000123',
    disabilities: ['NONE'],
    languages: ['VIE'],
    accessNeeds: ['FEMALE_STAFF'],
    contact: {
      phone: '0905 000 123',
      methods: ['CALL'],
      safeTimes: 'Sau 8 giờ sáng, khi con đã đi học',
      mayLeaveMessage: false,
      codeWord: 'hỏi lịch học nấu ăn',
      areaCode: '20263',
    },
  },
  perpetrators: [
    {
      relationship: 'INTIMATE_PARTNER_CURRENT',
      sex: 'MALE',
      ageGroup: 'A26_40',
      livesWithSurvivor: 'YES',
      fullName: 'Trần Văn Minh Hoạ',
      occupationGroup: 'FARMER_FISHER',
    },
  ],
  children: [{ ageYears: 6, sex: 'FEMALE', relation: 'CHILD', livesWithSurvivor: 'YES', isAtRisk: 'UNKNOWN' }],
  risk: { level: 'MEDIUM', redFlags: ['ESCALATING'] },
};

export const CHANGE_EXAMPLE = { risk: { level: 'HIGH', redFlags: ['ESCALATING', 'DEATH_THREAT'] }, stage: 'case_plan' };

export const SEARCH_EXAMPLE = { fullName: 'Nguyễn Thị Minh Hoạ', birthYear: 1994 };

export const DRAFT_EXAMPLE = { page: 1, content: { report: { receivedOn: exampleDay(-1), channel: 'PHONE_SMS' } } };

/** Nguyễn Thị Lan and Trần Quốc Huy of the demonstration district. */
export const RESTRICT_EXAMPLE = {
  reasonCode: 'STAFF_KNOWS_PARTY',
  memberIds: ['0197c1c8-0280-7b00-8b00-000000000001', '0197c1c8-0280-7b00-8b00-000000000002'],
};
