import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { text } from '../text/en';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from './icons';

/** `id`: so that a button in it can take the message away; such a message stays longer. */
export function toastDone(title: string, message: ReactNode = '', id?: string): void {
  notifications.show({ id, title, message, color: 'green.8', icon: <IconCheck size={16} />, withBorder: true, autoClose: id ? 12_000 : 4_000, closeButtonProps: { 'aria-label': text.close } });
}

/** Why nothing happened. Told again, it takes the place of what it said before. */
export function toastHint(id: string, title: string): void {
  notifications.hide(id);
  notifications.show({ id, title, message: '', color: 'gray', icon: <IconInfoCircle size={16} />, withBorder: true, autoClose: 5_000, closeButtonProps: { 'aria-label': text.close } });
}

export function toastError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ title: text.errors.title, message, color: 'red.8', icon: <IconAlertTriangle size={16} />, withBorder: true, autoClose: 10_000, role: 'alert', closeButtonProps: { 'aria-label': text.close } });
}
