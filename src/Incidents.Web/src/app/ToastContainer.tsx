import { Notifications } from '@mantine/notifications';

export default function ToastContainer() {
  return <Notifications position="top-right" limit={4} containerWidth={360} />;
}
