import { Button, Group } from '@mantine/core';

interface Props {
  onClose: () => void;
  busy: boolean;
  cancel: string;
  submit: string;
  disabled?: boolean;
}

/** The end of a form in a dialog: out of it, or do it. */
export function DialogFoot({ onClose, busy, cancel, submit, disabled }: Props) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {cancel}
      </Button>
      <Button type="submit" loading={busy} disabled={disabled}>
        {submit}
      </Button>
    </Group>
  );
}
