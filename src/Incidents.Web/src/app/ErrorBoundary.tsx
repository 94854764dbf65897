import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { text } from '../text/en';
import { EmptyState } from '../ui/EmptyState';
import { IconAlertTriangle } from '../ui/icons';

/** Keeps the frame with its navigation alive when a page fails to render or its code cannot be loaded. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <EmptyState
        tone="bad"
        icon={<IconAlertTriangle />}
        title={text.errors.crash}
        hint={`${text.errors.crashHint} (${this.state.error.message})`}
        action={
          <Button variant="default" size="xs" onClick={() => window.location.reload()}>
            {text.errors.reload}
          </Button>
        }
      />
    );
  }
}
