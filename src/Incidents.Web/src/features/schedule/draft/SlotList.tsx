import { ActionIcon, NativeSelect } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { moved } from '../../../lib/draft';
import { draftText } from '../../../text/drafts';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '../../../ui/icons';
import { PersonMark } from '../../../ui/PersonMark';
import { useNameOf } from '../../../ui/usePeopleNames';
import styles from './LayerPanel.module.css';

const t = draftText.layer;

interface Props {
  slots: readonly string[][];
  people: readonly string[];
  onChange: (slots: string[][]) => void;
  error?: string;
}

/** Whose turn comes after whose. Turns move by their grip, with the pointer or arrow keys, and by buttons; what was done is said. */
export function SlotList({ slots, people, onChange, error }: Props) {
  const nameOf = useNameOf();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const label = (slot: readonly string[]): string => slot.map(nameOf).join(', ') || t.nobody;
  const shown = drag ? moved(slots, drag.from, drag.to) : slots;

  const put = (from: number, to: number, focus: boolean): void => {
    if (to < 0 || to >= slots.length || to === from) return;
    setSaid(t.movedTo(label(slots[from] ?? []), to + 1, slots.length));
    onChange(moved(slots, from, to));
    if (focus) requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-grip]')[to]?.focus());
  };

  const keys = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    put(index, index + by, true);
  };

  const down = (event: PointerEvent<HTMLElement>, index: number): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    // The pointer belongs to the list: the turn under it changes places while it is held.
    list.current?.setPointerCapture(event.pointerId);
    setDrag({ from: index, to: index });
  };

  const move = (event: PointerEvent<HTMLElement>): void => {
    if (!drag || !list.current) return;
    const boxes = [...list.current.children].map((child) => child.getBoundingClientRect());
    const under = boxes.findIndex((box) => event.clientY < box.bottom);
    const to = under < 0 ? boxes.length - 1 : under;
    if (to !== drag.to) setDrag({ ...drag, to });
  };

  const up = (): void => {
    if (drag) put(drag.from, drag.to, true);
    setDrag(null);
  };

  const add = (login: string): void => onChange([...slots, [login]]);
  const replaced = (index: number, slot: string[]): void => onChange(slots.map((one, at) => (at === index ? slot : one)));
  const options = (without: readonly string[]) => people.filter((login) => !without.includes(login)).map((login) => ({ value: login, label: nameOf(login) }));

  return (
    <fieldset className={styles.group}>
      <legend>{t.people}</legend>
      <p className={styles.hint}>{t.peopleHint}</p>
      <ol ref={list} className={styles.slots} onPointerMove={move} onPointerUp={up} onPointerCancel={() => setDrag(null)} data-dragging={drag ? '' : undefined}>
        {shown.map((slot, index) => (
          <li key={`${slot.join('+')} ${shown.slice(0, index).filter((one) => one.join('+') === slot.join('+')).length}`} className={styles.slot} data-held={drag?.to === index || undefined}>
            <button type="button" className={styles.grip} data-grip aria-label={t.grip(label(slot), index + 1, slots.length)} onKeyDown={(event) => keys(event, index)} onPointerDown={(event) => down(event, index)}>
              <IconGripVertical size={15} aria-hidden />
            </button>
            <span className={`${styles.place} num`} aria-hidden>
              {index + 1}
            </span>
            <span className={styles.who}>
              {slot.length === 0 && <em>{t.nobody}</em>}
              {slot.map((login) => (
                <span key={login} className={styles.one}>
                  <PersonMark login={login} size={20} />
                  {slot.length > 1 && (
                    <ActionIcon size={20} variant="subtle" color="gray" aria-label={t.alone(nameOf(login))} onClick={() => replaced(index, slot.filter((other) => other !== login))}>
                      <IconX size={12} />
                    </ActionIcon>
                  )}
                </span>
              ))}
              <NativeSelect
                size="xs"
                className={styles.beside}
                aria-label={t.also(label(slot))}
                value=""
                data={[{ value: '', label: t.addBeside }, ...options(slot)]}
                onChange={(event) => event.currentTarget.value && replaced(index, [...slot, event.currentTarget.value])}
              />
            </span>
            <span className={styles.act}>
              <ActionIcon size={26} variant="subtle" color="gray" disabled={index === 0} aria-label={t.up(label(slot))} onClick={() => put(index, index - 1, false)}>
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon size={26} variant="subtle" color="gray" disabled={index === slots.length - 1} aria-label={t.down(label(slot))} onClick={() => put(index, index + 1, false)}>
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon size={26} variant="subtle" color="gray" aria-label={t.removeTurn(label(slot))} onClick={() => onChange(slots.filter((_, at) => at !== index))}>
                <IconX size={15} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.pair}>
        <NativeSelect size="xs" aria-label={t.addPerson} value="" data={[{ value: '', label: t.addPerson }, ...options([])]} onChange={(event) => event.currentTarget.value && add(event.currentTarget.value)} />
        <button type="button" className={styles.plain} onClick={() => onChange([...slots, []])}>
          {t.addNobody}
        </button>
      </div>
      {error && <p className={styles.fault}>{error}</p>}
      <p className={styles.spoken} role="status">
        {said}
      </p>
    </fieldset>
  );
}
