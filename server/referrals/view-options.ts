import { ageBandOf, isChildBand, loadCase, type LoadedCase } from '../cases/index.ts';
import { consentState, loadConsents, type Consent } from '../consent/index.ts';
import type { Agency } from '../directory/directory.contract.ts';
import { shareOf } from '../directory/disclosure-matrix.ts';
import { isValidOn } from '../directory/directory.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/errors.ts';
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
  const agencies = deps.directory
    .snapshot()
    .agencies.filter(
      (agency) => agency.services.includes(service.code) && isValidOn(agency, day) && agency.id !== work.staff.agencyId,
    );
  const medians = await medianAnswerHours(
    work,
    agencies.map((agency) => agency.id),
  );
  const areaCode = loaded.content.incidents.at(-1)?.value.place.areaCode ?? '';
  const options = agencies.map((agency) =>
    optionOf(deps, {
      loaded,
      consents,
      agency,
      day,
      service: service.code,
      sector: service.sector,
      areaCode,
      median: medians.get(agency.id) ?? null,
    }),
  );
  work.record({
    ownerAgencyId: loaded.file.ownerAgencyId,
    caseIds: [caseId],
    compartments: ['facts', 'identity', 'contact', 'narrative', 'clinical', 'perpetrator', 'legal'],
  });
  const isChild = isChildBand(ageBandOf(loaded.content.survivor, day));
  return {
    body: {
      service: { code: service.code, nameVi: service.nameVi, nameEn: service.nameEn },
      defaultUrgency: service.defaultUrgency,
      suggestedUrgency: loaded.content.facts.risk.level === 'EMERGENCY' ? 'U0' : service.defaultUrgency,
      mayUseLegalBasis: legalBasesFor(isChild),
      options: options.toSorted(
        (a, b) =>
          Number(b.agency.isInArea) - Number(a.agency.isInArea) ||
          (a.medianAnswerHours ?? 1e6) - (b.medianAnswerHours ?? 1e6),
      ),
    },
  };
}

type Setting = {
  loaded: LoadedCase;
  consents: Consent[];
  agency: Agency;
  day: string;
  service: string;
  sector: string;
  areaCode: string;
  median: number | null;
};

function optionOf(deps: ReferralsDeps, setting: Setting): ReferralOptions['options'][number] {
  const { agency, consents, day, sector } = setting;
  const valid = consents.filter(
    (consent) => consent.recipientAgencyId === agency.id && consentState(consent, day) === 'valid',
  );
  return {
    agency: {
      ...deps.directory.agencyName(agency.id),
      sector,
      areaCode: agency.areaCode,
      isInArea: agency.coversAreas.includes(setting.areaCode) || agency.areaCode === setting.areaCode,
      dutyDesk: agency.dutyDesk,
    },
    medianAnswerHours: setting.median,
    fields: fieldsFor(deps, setting),
    consents: valid.map(({ id, terms, validUntil }) => ({ id, fields: terms.fields, validUntil })),
  };
}

function fieldsFor(
  deps: ReferralsDeps,
  { loaded, sector, day, service }: Setting,
): ReferralOptions['options'][number]['fields'] {
  const { content, file } = loaded;
  const matrix = deps.directory.matrix();
  const source = { caseCode: file.code, content, ageBand: ageBandOf(content.survivor, day), service };
  return matrix.fields.map(({ field, nameVi, nameEn }) => {
    const { share, form } = shareOf(matrix, { sector, field, isInDanger: isInDanger(content) });
    const [value] = envelopeFields(source, [{ field, form }]);
    return { field, nameVi, nameEn, share, form, preview: value?.value ?? null };
  });
}
