import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../app/loaded.tsx';
import { useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import type { Choice } from '../../ui/field-id.ts';

type Colleague = { id: string; displayName: string; roles: string[] };

/** Who can be asked to serve, oneself first. */
export function Colleagues({ children }: { children: (choices: Choice[]) => ReactNode }) {
  const { t } = useTranslation('referral');
  const { staff } = useMe();
  const read = useRead<{ items: Colleague[] }>('/api/directory/colleagues');
  return (
    <Loaded read={read}>
      {({ items }) => {
        const ordered = items.toSorted((a, b) => Number(b.id === staff.id) - Number(a.id === staff.id));
        return children(
          ordered.map(({ id, displayName }) => ({
            value: id,
            label: id === staff.id ? t('accept.you', { name: displayName }) : displayName,
          })),
        );
      }}
    </Loaded>
  );
}
