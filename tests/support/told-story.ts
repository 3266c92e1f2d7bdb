import { randomUUID } from 'node:crypto';
import { aCaseWorker, aColleague, AGENCY, policeDesk, policeOfficer, signIn, stranger, type Person } from './actors.ts';
import type { TestApp } from './app.ts';
import { aChildCase, aSurvivor, aTraffickingCase, aViolenceCase } from './bodies.ts';
import { canary } from './canary.ts';
import { acceptReferral, COMPLETION, dispatch, done, draftReferral, registerCase, sendReferral } from './seed.ts';

/** People of four agencies with cases, referrals and drafts between them, so that everything sealed lies about in several. */
export type Story = {
  people: Record<'worker' | 'colleague' | 'stranger' | 'desk' | 'officer' | 'strangerDesk' | 'union', Person>;
  /** By owning agency. */
  cases: { id: string; owner: Person }[];
  /** `reader` may open what the recipient was granted; null where nobody has accepted. */
  referrals: { id: string; sender: Person; desk: Person; reader: Person | null }[];
  drafts: { id: string; author: Person }[];
};

export async function tellStory(app: TestApp): Promise<Story> {
  const people = await peopleOf(app);
  const { worker, colleague, stranger: other } = people;
  const cases = [
    { id: (await registerCase(app, worker)).id, owner: worker },
    { id: (await registerCase(app, worker, aTraffickingCase(app.clock))).id, owner: worker },
    { id: (await registerCase(app, other, aViolenceCase(app.clock))).id, owner: other },
    { id: (await registerCase(app, colleague, aChildCase(app.clock))).id, owner: colleague },
  ];
  for (const { id, owner } of cases.slice(0, 3))
    done(await owner.patch(`/api/cases/${id}`, { survivor: aSurvivor() }, { 'if-match': '"1"' }));
  const referrals = await refer(app, people, cases);
  const drafts = [worker, worker, colleague, other].map((author) => ({ id: randomUUID(), author }));
  for (const { id, author } of drafts)
    for (const page of [1, 2])
      done(await author.put(`/api/drafts/${id}`, { page, content: { name: canary('Nháp ') } }));
  return { people, cases, referrals, drafts };
}

async function peopleOf(app: TestApp): Promise<Story['people']> {
  return {
    worker: await aCaseWorker(app),
    colleague: await aColleague(app),
    stranger: await stranger(app),
    desk: await policeDesk(app),
    officer: await policeOfficer(app),
    strangerDesk: await signIn(app, 'phuc.ca.anhai'),
    union: await signIn(app, 'phuong.hpn.sontra'),
  };
}

async function refer(app: TestApp, people: Story['people'], cases: Story['cases']): Promise<Story['referrals']> {
  const { worker, stranger: other, desk, officer, strangerDesk, union } = people;
  const [first, second, third] = cases.map((each) => each.id);
  const one = await sendReferral(app, worker, { caseId: first });
  const two = await sendReferral(app, worker, { caseId: second });
  const far = { recipientAgencyId: AGENCY.policeAnHai };
  const three = await sendReferral(app, other, { caseId: third, ...far });
  const four = await sendReferral(app, worker, {
    caseId: first,
    recipientAgencyId: AGENCY.womenSonTra,
    service: 'WU.COUNSEL',
    fields: ['case_code', 'name'],
  });
  const lawful = await draftReferral(app, worker, { caseId: first ?? '', fields: ['case_code', 'name'] });
  done(await dispatch(worker, lawful.id, { legalBasis: 'CRIME_DUTY', reason: canary('Lý do ') }));
  for (const [who, id, to] of [
    [desk, one.referralId, officer],
    [desk, two.referralId, officer],
    [strangerDesk, three.referralId, strangerDesk],
  ] as const)
    await acceptReferral(who, id, to);
  for (const [who, id] of [
    [officer, one.referralId],
    [officer, two.referralId],
  ] as const)
    done(await who.post(`/api/referrals/${id}/completion`, { ...COMPLETION, note: canary('Kết quả ') }));
  return [
    { id: one.referralId, sender: worker, desk, reader: officer },
    { id: two.referralId, sender: worker, desk, reader: officer },
    { id: three.referralId, sender: other, desk: strangerDesk, reader: strangerDesk },
    { id: four.referralId, sender: worker, desk: union, reader: null },
    { id: lawful.id, sender: worker, desk, reader: null },
  ];
}
