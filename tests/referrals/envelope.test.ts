import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import { AGENCY, aCaseWorker, signIn } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aSurvivor, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import {
  acceptReferral,
  aReferral,
  dispatch,
  done,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';

type Cell = { share: 'default' | 'ask' | 'never'; form?: string; when?: string; else?: Cell['share'] };
type Matrix = { fields: { field: string }[]; sectors: Record<string, Record<string, Cell>> };
const matrix = JSON.parse(
  readFileSync(new URL('../../policies/disclosure-matrix.json', import.meta.url), 'utf8'),
) as Matrix;
const FIELDS = matrix.fields.map(({ field }) => field);

/** One recipient of each sector of the district that has a column, with its desk. */
const RECIPIENTS = [
  { sector: 'POLICE', agency: AGENCY.policeSonTra, service: 'POL.STATEMENT', desk: 'toan.ca.sontra' },
  { sector: 'HEALTH', agency: AGENCY.hospital, service: 'HEA.MENTAL', desk: 'tram.benhvien' },
  { sector: 'SOCIAL', agency: AGENCY.socialAnHai, service: 'SOC.ESSENTIAL', desk: 'thao.vhxh.anhai' },
  { sector: 'CHILD', agency: AGENCY.socialAnHai, service: 'CHI.PLAN', desk: 'thao.vhxh.anhai' },
  { sector: 'WU', agency: AGENCY.womenSonTra, service: 'WU.COUNSEL', desk: 'phuong.hpn.sontra' },
  { sector: 'JUSTICE', agency: AGENCY.legalAid, service: 'JUS.LEGAL_AID', desk: 'quynh.tgpl' },
  { sector: 'SHELTER', agency: AGENCY.shelter, service: 'SHE.COMMUNITY_ADDRESS', desk: 'tuyet.tamlanh' },
  { sector: 'PEOPLE_COMMITTEE', agency: AGENCY.committeeSonTra, service: 'UB.NO_CONTACT', desk: 'trang.ubnd.sontra' },
] as const;
type Recipient = (typeof RECIPIENTS)[number];

const app = await startApp();
const worker = await aCaseWorker(app);

/** Written from the prose: the matrix decides; "if danger" holds only in danger, and this case is in none. */
function mayGo(sector: string, field: string): boolean {
  const cell = matrix.sectors[sector]?.[field];
  const share = cell?.when === undefined ? cell?.share : cell.else;
  return share === 'default' || share === 'ask';
}

/** Sends these fields and lets the recipient's desk take the referral upon itself. */
async function received(caseId: string, to: Recipient, fields: readonly string[]): Promise<ReferralView> {
  const { referralId } = await sendReferral(app, worker, {
    caseId,
    recipientAgencyId: to.agency,
    service: to.service,
    fields,
  });
  const desk = await signIn(app, to.desk);
  await acceptReferral(desk, referralId, desk);
  return done<ReferralView>(await openReferral(desk, referralId));
}

function valueOf(view: ReferralView, field: string): unknown {
  return view.envelope?.fields.find((each) => each.field === field)?.value;
}

/** Each value goes in the form that the matrix names for this sector. */
function expectFormsOf(sector: string, view: ReferralView): void {
  for (const { field, form } of view.envelope?.fields ?? [])
    expect(form, field).toBe(matrix.sectors[sector]?.[field]?.form ?? null);
}

const runs = Math.max(1, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 24));

it('whatever is chosen, exactly the fields that matrix and consent let go arrive', async () => {
  const { id: caseId } = await registerCase(app, worker, aTraffickingCase(app.clock));
  const choice = fc.record({
    to: fc.constantFrom(...RECIPIENTS),
    chosen: fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1, maxLength: 8 }),
    agreedToo: fc.uniqueArray(fc.constantFrom(...FIELDS), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(choice, async ({ to, chosen, agreedToo }) => {
      const forbidden = chosen.filter((field) => !mayGo(to.sector, field));
      const lawful = chosen.filter((field) => mayGo(to.sector, field));
      const draft = { recipientAgencyId: to.agency, service: to.service, fields: chosen };
      const reply = await worker.post<ReferralView>(`/api/cases/${caseId}/referrals`, aReferral(app, draft));
      expect(reply.status).toBe(forbidden.length === 0 ? 201 : 400);
      if (lawful.length === 0) return;
      const alsoAgreed = agreedToo.filter((field) => mayGo(to.sector, field) && !lawful.includes(field));
      const consent = await recordConsent(app, worker, {
        caseId,
        recipientAgencyId: to.agency,
        fields: [...lawful, ...alsoAgreed],
      });
      const made = done<ReferralView>(
        await worker.post(`/api/cases/${caseId}/referrals`, aReferral(app, { ...draft, fields: lawful })),
        201,
      );
      const sent = done<ReferralView>(await dispatch(worker, made.id, { consentId: consent.id }));
      expect(sent.envelope?.fields.map((each) => each.field).toSorted()).toEqual(lawful.toSorted());
      expectFormsOf(to.sector, sent);
    }),
    { numRuns: runs },
  );
});

it.each(RECIPIENTS)('$sector gets an age where the matrix says so, never more', async (to) => {
  const { id: caseId } = await registerCase(app, worker);
  const view = await received(caseId, to, ['birth']);
  const isDate = matrix.sectors[to.sector]?.['birth']?.form === 'date';
  expect(valueOf(view, 'birth')).toBe(isDate ? '1994-05-12' : 'B25_59');
  expect(view.envelope?.fields).toHaveLength(1);
  if (!isDate) expect(JSON.stringify(view)).not.toContain('1994');
});

it('a shelter gets the name she is called by, never the real one', async () => {
  const typed = aViolenceCase(app.clock);
  const { id: caseId } = await registerCase(app, worker, typed);
  const view = await received(caseId, RECIPIENTS[6], ['name']);
  expect(valueOf(view, 'name')).toBe(typed.survivor['alias']);
  expect(JSON.stringify(view)).not.toContain(String(typed.survivor['fullName']));
});

it('trafficking goes whole to the police and as a mere status to social affairs', async () => {
  const { id: caseId } = await registerCase(app, worker, aTraffickingCase(app.clock));
  expect(valueOf(await received(caseId, RECIPIENTS[0], ['trafficking']), 'trafficking')).toMatchObject([
    { acts: ['RECRUIT', 'TRANSPORT'] },
  ]);
  expect(valueOf(await received(caseId, RECIPIENTS[2], ['trafficking']), 'trafficking')).toEqual([
    { status: 'PRESUMED' },
  ]);
});

it('a shelter learns which care she needs, not the note about it', async () => {
  const { id: caseId } = await registerCase(app, worker);
  expect(valueOf(await received(caseId, RECIPIENTS[6], ['health_needs']), 'health_needs')).toEqual({
    needs: ['INJURY'],
  });
});

it('what the case does not hold is left out, so nothing says that it is empty', async () => {
  const { contact: _contact, identityNumber: _id, ...bare } = aSurvivor();
  const survivor = { ...bare, contact: { methods: ['CALL'], mayLeaveMessage: false } };
  const body = { ...aViolenceCase(app.clock), survivor, children: [], perpetrators: [] };
  const { id: caseId } = await registerCase(app, worker, body);
  const view = await received(caseId, RECIPIENTS[0], [
    'case_code',
    'id_number',
    'children',
    'perpetrator_access',
    'current_location',
  ]);
  expect(view.envelope?.fields.map((each) => each.field)).toEqual(['case_code']);
});

it('what is changed in the case afterwards does not show in what was sent', async () => {
  const typed = aViolenceCase(app.clock);
  const { id: caseId } = await registerCase(app, worker, typed);
  const view = await received(caseId, RECIPIENTS[0], ['name', 'risk']);
  const later = { survivor: aSurvivor(), risk: { level: 'HIGH', redFlags: ['DEATH_THREAT'] } };
  done(await worker.patch(`/api/cases/${caseId}`, later, { 'if-match': '"1"' }));
  const desk = await signIn(app, 'toan.ca.sontra');
  const again = done<ReferralView>(await openReferral(desk, view.id));
  expect(again.envelope).toEqual(view.envelope);
  expect(valueOf(again, 'name')).toBe(typed.survivor['fullName']);
});
