import { Button } from '@mantine/core';
import { text } from '../text/en';
import { EmptyState } from './EmptyState';
import { IconAlertTriangle } from './icons';

export function LoadError({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <EmptyState
      tone="bad"
      icon={<IconAlertTriangle />}
      title={text.errors.load}
      hint={error.message}
      action={
        <Button variant="default" size="xs" onClick={retry}>
          {text.errors.retry}
        </Button>
      }
    />
  );
}
