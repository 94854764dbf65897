import { useMe, useTestAlert } from '../api/queries';
import { text } from '../text/en';
import { toastDone, toastError } from '../ui/toast';

/** Sends a test alert and tells where its effect will be seen. */
export function useSendTestAlert(): { send: () => void; isPending: boolean; allowed: boolean } {
  const me = useMe();
  const { mutate, isPending } = useTestAlert();
  const send = (): void =>
    mutate(undefined, {
      onError: toastError,
      onSuccess: () =>
        toastDone(
          text.testAlert.sent,
          <>
            {text.testAlert.sentHint}{' '}
            {me.data?.simulator && (
              <a className="link" href="/simulator">
                {text.testAlert.phones}
              </a>
            )}
          </>,
        ),
    });
  return { send, isPending, allowed: me.data?.role !== 'observer' };
}
