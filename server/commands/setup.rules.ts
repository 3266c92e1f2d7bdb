import { newId } from '../kernel/ids.ts';
import type { NewStaff } from '../identity/new-staff.store.ts';
import { listOf, type Answers, type Known } from './setup-checks.ts';
import type { Beginning, NewAgency } from './setup.store.ts';

type Planned = Omit<Beginning, 'staff'> & { staff: readonly NewStaff[] };
type Planning = { known: Known; today: string; newPassword: () => string };

/** Turns complete answers into what is written: the operating unit with its operator, the agency with its administrator. */
export function beginningFrom(answers: Answers, { known, today, newPassword }: Planning): Planned {
  const unit = operatingUnit(answers);
  const agency = agencyFrom(answers);
  const person = (username: string, displayName: string, of: { agencyId: string; role: string }): NewStaff => ({
    staffId: newId(),
    username,
    password: newPassword(),
    person: { displayName, agencyId: of.agencyId, roles: [of.role] },
  });
  return {
    today,
    areas: areasFrom(answers, known),
    agencies: [unit, agency],
    staff: [
      person(text(answers.operatorUsername), text(answers.operatorName), { agencyId: unit.id, role: 'operator' }),
      person(text(answers.adminUsername), text(answers.adminName), { agencyId: agency.id, role: 'agency_admin' }),
    ],
  };
}

function text(answer: string | undefined): string {
  return answer ?? '';
}

/** The operator belongs to nobody who works on cases. */
function operatingUnit({ areaCode }: Answers): NewAgency {
  return {
    id: newId(),
    nameVi: 'Đơn vị vận hành Hiên',
    nameEn: 'Hiên Operating Unit',
    kind: 'OPERATOR',
    areaCode: text(areaCode),
    sectors: [],
    services: [],
    responsibleHead: null,
    desk: null,
  };
}

function agencyFrom(answers: Answers): NewAgency {
  const phone = text(answers.deskPhone);
  return {
    id: newId(),
    nameVi: text(answers.agencyNameVi),
    nameEn: text(answers.agencyNameEn),
    kind: text(answers.agencyKind),
    areaCode: text(answers.areaCode),
    sectors: listOf(text(answers.agencySectors)),
    services: listOf(text(answers.agencyServices)),
    responsibleHead: answers.responsibleHead || null,
    desk: phone === '' ? null : { phone, hours: text(answers.deskHours) },
  };
}

function areasFrom(answers: Answers, { areas }: Known): Planned['areas'] {
  const [code, parent] = [text(answers.areaCode), text(answers.areaParent)];
  if (areas.has(code)) return [];
  const above =
    parent === '' || areas.has(parent) ? [] : [{ code: parent, name: text(answers.areaParentName), parent: null }];
  return [...above, { code, name: text(answers.areaName), parent: parent === '' ? null : parent }];
}
