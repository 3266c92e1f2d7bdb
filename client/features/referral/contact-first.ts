/** How she can be reached comes first: nobody should read a number before the rules. */
export function contactFirst<Field extends { field: string }>(fields: readonly Field[]): Field[] {
  const isContact = ({ field }: Field): boolean => field === 'safe_contact';
  return [...fields.filter(isContact), ...fields.filter((field) => !isContact(field))];
}
