import { ageBandOf, isChildBand, loadCase, type LoadedCase } from '../cases/index.ts';
import { consentState, loadConsents, type Consent } from '../consent/index.ts';
import type { Agency, Service } from '../directory/directory.contract.ts';
import { shareOf } from '../directory/disclosure-matrix.ts';
import { isValidOn } from '../directory/directory.ts';
import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/errors.ts';
import { CASE_COMPARTMENTS } from '../keys/index.ts';
import { legalBasesFor } from './dispatch.rules.ts';
import { envelopeFields, isInDanger } from './envelope.rules.ts';
import type { ReferralOptions } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { medianAnswerHours } from './referrals.store.ts';

/** Agencies that offer a service, nearest first, each with what would be sent and what stays here. */
export async function viewOptions(
  deps: ReferralsDeps,
  call: Call<{ caseId: string }, { service: string }, unknown>,
): Promise<Answer<ReferralOptions>> {
  const { work } = call;
  const { caseId } = call.params;
  const day = vietnamDay(work.nowMs);
  const service = deps.directory.service(call.query.service, day);
  if (service === undefined) throw invalid({ path: 'service', code: 'CODE_UNKNOWN' });
  const [loaded, consents] = await Promise.all([loadCase(deps, work, { caseId }), loadConsents(deps, work, caseId)]);
  const options = await optionsFor(deps, work, { loaded, consents, day, service });
  work.record({ ownerAgencyId: loaded.file.ownerAgencyId, caseIds: [caseId], compartments: CASE_COMPARTMENTS });
  const { code, nameVi, nameEn, defaultUrgency } = service;
  const isEmergency = loaded.content.facts.risk.level === 'EMERGENCY';
  const mayUseLegalBasis = legalBasesFor(isChildBand(ageBandOf(loaded.content.survivor, day)));
  const suggestedUrgency = isEmergency ? 'U0' : defaultUrgency;
  return { body: { service: { code, nameVi, nameEn }, defaultUrgency, suggestedUrgency, mayUseLegalBasis, options } };
}

type Common = { loaded: LoadedCase; consents: Consent[]; day: string; service: Service };
type Option = ReferralOptions['options'][number];

const NO_FIGURE = Number.POSITIVE_INFINITY;

async function optionsFor(deps: ReferralsDeps, work: Work, common: Common): Promise<Option[]> {
  const { day, service } = common;
  const offers = (agency: Agency): boolean => agency.services.includes(service.code) && isValidOn(agency, day);
  const agencies = deps.directory
    .snapshot()
    .agencies.filter((agency) => offers(agency) && agency.id !== work.staff.agencyId);
  const ids = agencies.map((agency) => agency.id);
  const medians = await medianAnswerHours(work, ids);
  const options = agencies.map((agency) =>
    optionOf(deps, { ...common, agency, median: medians.get(agency.id) ?? null }),
  );
  const speed = (option: Option): number => option.medianAnswerHours ?? NO_FIGURE;
  return options.toSorted(
    (a, b) => Number(b.agency.isInArea) - Number(a.agency.isInArea) || (speed(a) < speed(b) ? -1 : 1),
  );
}

/** What a referral is read for; a consent given for anything else covers none. */
const REFERRAL_PURPOSE = 'referral_service';

type Setting = Common & { agency: Agency; median: number | null };

function optionOf(deps: ReferralsDeps, setting: Setting): Option {
  const { agency, consents, day, loaded } = setting;
  const areaCode = loaded.content.incidents.at(-1)?.value.place.areaCode ?? '';
  const valid = consents.filter(
    (consent) =>
      consent.recipientAgencyId === agency.id &&
      consent.terms.purpose === REFERRAL_PURPOSE &&
      consentState(consent, day) === 'valid',
  );
  return {
    agency: {
      ...deps.directory.agencyName(agency.id),
      sector: setting.service.sector,
      areaCode: agency.areaCode,
      isInArea: agency.coversAreas.includes(areaCode) || agency.areaCode === areaCode,
      dutyDesk: agency.dutyDesk,
    },
    medianAnswerHours: setting.median,
    fields: fieldsFor(deps, setting),
    consents: valid.map(({ id, terms, validUntil }) => ({ id, fields: terms.fields, validUntil })),
  };
}

function fieldsFor(deps: ReferralsDeps, { loaded, day, service }: Setting): Option['fields'] {
  const { content, file } = loaded;
  const matrix = deps.directory.matrix();
  const source = { caseCode: file.code, content, ageBand: ageBandOf(content.survivor, day), service: service.code };
  const { sector } = service;
  return matrix.fields.map(({ field, nameVi, nameEn }) => {
    const { share, form } = shareOf(matrix, { sector, field, isInDanger: isInDanger(content) });
    const [value] = envelopeFields(source, [{ field, form }]);
    return { field, nameVi, nameEn, share, form, preview: value?.value ?? null };
  });
}
