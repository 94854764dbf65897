import { useIncidentAction, useMe, type ActionRequest } from '../api/queries';
import { text } from '../text/en';
import { toastDone, toastError } from '../ui/toast';

/**
 * Runs an action on an incident. Failures are always told; success only where `tell` is set, because an open incident's page
 * shows it anyway. `busy` names the action that is under way.
 */
export function useAct({ tell }: { tell: boolean }) {
  const me = useMe();
  const mutation = useIncidentAction();
  const allowed = me.data?.role !== 'observer';
  const act = (request: ActionRequest, then?: () => void): void => {
    if (!allowed || mutation.isPending) return;
    mutation.mutate(request, {
      onError: toastError,
      onSuccess: () => {
        if (tell) toastDone(text.actions.done[request.action](request.incident.number));
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
