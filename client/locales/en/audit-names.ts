import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/audit-names.ts';

export const words: Translated<typeof vi> = {
  rule: {
    audit_auditor_reads: 'Auditors read the log within their area: deeds, never content',
    finding_auditor_records:
      'Auditors record findings about deeds within their area, and see the findings of their own agency',
    finding_auditor_follows: 'Auditors open a finding of their own agency, ask for an explanation and conclude it',
    finding_not_about_oneself: 'Nobody opens, follows or concludes a finding about herself',
    finding_asked_person_answers:
      'Whoever is asked for an explanation sees the question and answers it; nobody answers for somebody else',
    finding_own_explanations: 'Whoever is signed in sees the requests for explanation addressed to her',
    case_worker_registers: 'Case workers and the duty desk register cases and keep their own drafts',
    case_staff_list_and_find: 'Those who work on cases list them and look them up exactly, within what they may see',
    case_team_opens: 'Members of the case team open the case and see who has looked at it',
    case_supervisor_reviews: 'A supervisor reviews cases of the own agency with the identity closed',
    case_supervisor_opens: 'A supervisor opens whole cases of the own agency when stating the purpose of supervision',
    case_team_works: 'Members of the case team change the case, see referral options and draft referrals',
    case_lead_restricts: 'The lead restricts the case to named persons, or lifts the restriction',
    case_supervisor_restricts: 'A supervisor restricts cases of the own agency when stating the purpose of supervision',
    guardian_owner_agrees:
      'A supervisor or administrator of the agency that owns the case agrees that the guardian’s key opens it; that lets her read nothing',
    guardian_operator_opens:
      'An operator, who cannot read cases, gives a case to others by the guardian’s key once its agency has agreed',
    case_restricted:
      'A restricted case is closed to everybody outside its named team, the supervisor included; only two people with the guardian’s key give it to others',
    case_barred: 'A person with a conflict of interest may do nothing with the case, whatever else allows it',
    consent_team_records: 'Members of the case team record and see consents',
    consent_supervisor_reads: 'A supervisor of the own agency sees consents for the purpose of supervision',
    consent_withdrawal_always:
      'Withdrawal always succeeds: a member of the case team, or a supervisor of the own agency, records it at once',
    consent_restricted: 'Consents of a restricted case are closed to everybody outside its named team',
    consent_barred: 'A person with a conflict of interest may do nothing with the case’s consents',
    directory_staff_read: 'Signed-in staff read the directory: areas, agencies, services, code lists, clocks, purposes',
    directory_desk_reads_colleagues: 'The duty desk and supervisors see their colleagues in order to assign work',
    referral_staff_list: 'Case workers, the duty desk and supervisors see their agency’s inbox and outbox',
    referral_sender_works: 'The sender’s case team changes, discards, dispatches and recalls its own referrals',
    referral_sender_opens: 'The sender’s case team and its supervisor see what was sent and what came of it',
    referral_desk_answers: 'Only the recipient’s duty desk receives, accepts, declines and assigns',
    referral_assigned_serve: 'Only those assigned open the referral, start and complete the service',
    referral_restricted: 'Referrals of a restricted case are closed to everybody of the sender outside its named team',
    referral_barred: 'A person with a conflict of interest may do nothing with the referral',
    safeguard_break_glass_opens:
      'In an emergency, staff of the owning agency outside the case team open one case for a short time, with a reason and the password',
    safeguard_break_glass_known:
      'Those who work on cases see their own uses of emergency access, and those that they must be told of',
    safeguard_break_glass_reviewed:
      'A supervisor of the agency reviews each emergency access of somebody else, never the own one',
    safeguard_break_glass_ended: 'Whoever has emergency access ends it before its time; nobody else ends it for them',
    safeguard_conflicts_seen:
      'The case team sees whom the survivor excluded; a supervisor of the agency sees every conflict of interest and doubt',
    safeguard_doubt_answered:
      'A supervisor of the owning agency confirms or dismisses a doubt about a conflict of interest',
    safeguard_staff_excludable:
      'Those who work on cases see the names of an agency’s staff, so that a survivor can exclude whom she does not want',
    safeguard_staff_identified:
      'The agency’s account administrator enters staff numbers for comparing conflicts of interest; only keyed hashes are kept',
    retention_supervisor_asks:
      'A supervisor of the agency that owns the case asks that it be erased; asking alone erases nothing',
    retention_operator_confirms: 'An operator, who cannot read cases, confirms what another person asked to erase',
    retention_auditor_asks_archive:
      'An auditor asks that a month of the log that is past its term be archived; asking alone moves nothing',
    retention_operator_archives: 'An operator confirms what another person asked to archive of the log',
    safeguard_barred:
      'A person with a conflict of interest neither reviews nor learns of emergency access to that case',
    session_anyone_may_sign_in:
      'Anybody may try to sign in, and to unlock or end the session they hold; password and session token decide',
    session_staff_own_session:
      'A signed-in person sees and locks their own session, and gets a short-lived token for their agency’s software',
  },
  otherRule: 'a rule that has no name yet',
  compartment: {
    facts: 'Facts and risk',
    identity: 'Identity',
    contact: 'Contact and whereabouts',
    narrative: 'Narrative',
    clinical: 'Health',
    legal: 'Basis and consent',
    perpetrator: 'Perpetrator',
    statistics: 'Statistics',
    sealed: 'Sealed apart',
    notice: 'Notice of a referral',
    envelope: 'What was sent',
    feedback: 'Feedback of the recipient',
  },
  otherCompartment: 'another group of data',
  field: {
    survivor: 'Survivor',
    perpetrators: 'Perpetrators',
    incident: 'Incident',
    stage: 'Stage',
    exclusions: 'People excluded',
    code: 'Case code',
    fullName: 'Name',
    birthYear: 'Year of birth',
    phone: 'Telephone number',
    identityNumber: 'Personal identity number',
    service: 'Service',
    urgency: 'Urgency',
    purpose: 'Purpose',
    fields: 'Fields to send',
    note: 'Note',
    endsOn: 'Last day of reading',
    actor: 'Person',
    case: 'Case',
    action: 'Deed',
    agency: 'Agency',
    outcome: 'Outcome',
    from: 'From',
    to: 'To',
    cursor: 'Next page',
    limit: 'Number of lines',
    reads: 'Readings only',
    weekday: 'Weekday',
    hour: 'Hour of day',
  },
  object: {
    case: 'Case',
    referral: 'Referral',
    consent: 'Consent',
    draft: 'Draft registration',
    session: 'Session',
    staff: 'Staff account',
    break_glass: 'Emergency access',
    doubt: 'Doubt about a conflict of interest',
    policy: 'Access rules',
    log_month: 'A month of the log',
    principal: 'Holder of keys',
    agency: 'Agency',
    finding: 'Finding',
    explanation: 'Request for explanation',
    event: 'Event of the log',
    checkpoint: 'Checkpoint',
    tile: 'Tile of hashes',
  },
  otherObject: 'another object',
};
