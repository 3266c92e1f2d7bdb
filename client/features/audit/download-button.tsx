import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { useApi } from '../../app/session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { saveFile } from './save-file.ts';

export type DownloadButtonProps = {
  path: string;
  label: string;
  busy: string;
  done: string;
  /** What the file is called where the server gives it no name. */
  fileName: string;
  /** Which one it is, for those who hear the button alone. */
  about?: string;
};

/** Fetches a file and hands it to the person, or says why it cannot. */
export function DownloadButton({ path, label, busy, done, fileName, about }: DownloadButtonProps) {
  const api = useApi();
  const { t } = useTranslation('ui');
  const fetching = useMutation({
    mutationFn: () => api.file(path),
    onSuccess: ({ name, content }) => saveFile(content, name ?? fileName),
  });
  const { error, isPending, isSuccess } = fetching;
  return (
    <div className="download">
      <Button isBusy={isPending} onClick={() => fetching.mutate()}>
        {isPending ? busy : label}
        {about === undefined ? null : <span className="unseen">: {about}</span>}
      </Button>
      <p role="status">{isSuccess ? done : isPending ? t('loading') : ''}</p>
      {error ? (
        <ProblemNotice
          problem={error instanceof ApiProblem ? error : networkProblem()}
          onRetry={() => fetching.mutate()}
        />
      ) : null}
    </div>
  );
}
