import { exampleDay } from '../kernel/clock.ts';

// Synthetic. The recipient is the demonstration's ward police.

export const DRAFT_REFERRAL_EXAMPLE = {
  recipientAgencyId: '0197c1c8-0280-7a00-8a00-000000000002',
  service: 'POL.STATEMENT',
  urgency: 'U3',
  purpose: 'referral_service',
  fields: [
    'case_code',
    'name',
    'birth',
    'sex',
    'safe_contact',
    'violence_type',
    'incident_time',
    'perpetrator_identity',
    'risk',
  ],
  note: 'Đề nghị cán bộ nữ tiếp xúc.',
  endsOn: exampleDay(90),
};

/** `consentId` is the answer of the consent recorded before. */
export const DISPATCH_EXAMPLES = { consentId: '0197c1c8-0280-7c00-8c00-000000000001' };
