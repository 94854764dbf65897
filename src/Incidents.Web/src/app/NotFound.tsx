import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { text } from '../text/en';
import { EmptyState } from '../ui/EmptyState';
import { IconInbox } from '../ui/icons';

export function NotFound() {
  return (
    <EmptyState
      icon={<IconInbox />}
      title={text.notFound.title}
      action={
        <Button component={Link} to="/" variant="default" size="xs">
          {text.notFound.back}
        </Button>
      }
    />
  );
}
