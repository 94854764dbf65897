import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/client';
import { useIncidentAction, useMe, type ActionRequest } from '../api/queries';
import { serverNow } from '../lib/clock';
import { text } from '../text/en';
import { toastDone, toastError } from '../ui/toast';

/** No answer of the server's: none at all, or one of something before it. */
const isSilence = (status: number): boolean => status === 0 || status === 502 || status === 504;

/**
 * Runs an action on an incident. Failures are always told; success only where `tell` is set, because an open incident's page
 * shows it anyway. `busy` names the action that is under way.
 */
export function useAct({ tell }: { tell: boolean }) {
  const me = useMe();
  const mutation = useIncidentAction();
  const navigate = useNavigate();
  const allowed = me.data?.role !== 'observer';
  /** A snooze that is over at once: the incident is nobody's again, and pages. */
  const offerUndo = ({ incident }: ActionRequest): void => {
    const id = `undo-${incident.number}`;
    const undo = (): void => {
      notifications.hide(id);
      mutation.mutate({ incident, action: 'snooze', until: new Date(serverNow() + 1_500).toISOString(), note: text.actions.takenBack }, { onError: toastError });
    };
    toastDone(
      text.actions.done.acknowledge(incident.number),
      <Button size="compact-xs" variant="default" onClick={undo}>
        {text.actions.undo}
      </Button>,
      id,
    );
  };
  /** Nothing undoes a resolution; what stands in for that is told while it may still be wanted. */
  const offerAnew = ({ incident }: ActionRequest): void => {
    const id = `anew-${incident.number}`;
    const declare = (): void => {
      notifications.hide(id);
      void navigate('/', { state: { declare: { title: incident.title ?? '', service: incident.service ?? '', severity: incident.severity ?? 'SEV2' } } });
    };
    toastDone(
      text.actions.done.resolve(incident.number),
      <>
        {text.actions.final}{' '}
        <Button size="compact-xs" variant="default" onClick={declare}>
          {text.actions.anew}
        </Button>
      </>,
      id,
    );
  };
  const act = (request: ActionRequest, then?: () => void): void => {
    if (!allowed || mutation.isPending) return;
    mutation.mutate(request, {
      onError: (error) => {
        // An acknowledge that nobody heard is kept and sent later; everything else must be decided anew by then.
        if (request.action !== 'acknowledge' || !me.data || !(error instanceof ApiError && isSilence(error.status))) return toastError(error);
        const { login } = me.data;
        void import('../app/worker').then(({ keepAcknowledge }) => keepAcknowledge(request.incident, login));
      },
      onSuccess: (answer) => {
        if (request.action === 'acknowledge' && answer?.acknowledgedBy === me.data?.login) offerUndo(request);
        else if (request.action === 'resolve') offerAnew(request);
        else if (tell) toastDone(text.actions.done[request.action](request.incident.number));
        then?.();
      },
    });
  };
  return {
    act,
    allowed,
    busy: mutation.isPending ? mutation.variables.action : null,
    busyId: mutation.isPending ? mutation.variables.incident.id : null,
  };
}
