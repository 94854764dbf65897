import { useNotifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';

const Container = lazy(() => import('./ToastContainer'));

/** Where messages appear; what draws them comes with the first one, which waits for it. */
export function Toasts() {
  const any = useNotifications().notifications.length > 0;
  const [needed, setNeeded] = useState(false);
  if (any && !needed) setNeeded(true);
  return <Suspense>{needed && <Container />}</Suspense>;
}
