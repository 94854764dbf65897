import { Button } from '@mantine/core';
import { useState } from 'react';
import { sourceText } from '../text/source';
import { IconCheck, IconCopy } from './icons';
import { toastError } from './toast';

/** Copies through the clipboard API, or, on plain http where browsers withhold it, through a selection. */
export async function copyText(value: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(value);
  const area = document.createElement('textarea');
  area.value = value;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error(sourceText.copyFailed);
}

export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const run = (): void => {
    copyText(value).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    }, toastError);
  };
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={label}
      leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      onClick={run}
    >
      <span aria-live="polite">{copied ? sourceText.copied : sourceText.copy}</span>
    </Button>
  );
}
