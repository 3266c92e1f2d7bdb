import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Printable } from '../../ui/printable.tsx';
import { WithNames, type Naming } from '../referral/with-names.tsx';
import { hasSheet, Sheet } from './sheet.tsx';

/** The one screen that may go to paper. */
export function Component() {
  const { t } = useTranslation('slip');
  const { referralId = '' } = useParams();
  const read = useRead<ReferralView>(`/api/referrals/${referralId}`);
  return (
    <Page heading={t('title')} tab="message">
      <WithNames>
        {(naming) => <Loaded read={read}>{(referral) => <Slip referral={referral} naming={naming} />}</Loaded>}
      </WithNames>
      <p>
        <ButtonLink look="quiet" to={paths.message(referralId)}>
          {t('back')}
        </ButtonLink>
      </p>
    </Page>
  );
}

function Slip({ referral, naming }: { referral: ReferralView; naming: Naming }) {
  const { t } = useTranslation('slip');
  if (!hasSheet(referral))
    return (
      <EmptyState title={t('notYours')}>
        <p>{t('notYoursWhy')}</p>
      </EmptyState>
    );
  return (
    <>
      <p>{t('why')}</p>
      <ButtonRow>
        <Button look="main" onClick={() => globalThis.print()}>
          {t('print')}
        </Button>
      </ButtonRow>
      <Printable>
        <Sheet referral={referral} naming={naming} />
      </Printable>
    </>
  );
}
