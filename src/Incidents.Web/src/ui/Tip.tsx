import { cloneElement, type FocusEvent, type PointerEvent, type ReactElement, type SyntheticEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './Tip.module.css';

/** Rests this long on something before its tip is shown. */
const patience = 350;
const gap = 6;

type Handlers = {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
  'aria-describedby'?: string;
};

/**
 * A line about what the pointer rests on or the keyboard is at. Escape takes it away; a finger never opens it. Its own instead
 * of the kit's, whose way of placing things weighs more than the rest of the board together and is made for every element anew.
 * `label`: what is costly to write is a function, asked only when it is shown.
 */
export function Tip({ label, children }: { label: string | (() => string); children: ReactElement<Handlers> }) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();

  const hide = (): void => {
    clearTimeout(waiting.current);
    setTarget(null);
  };
  const showSoon = (element: HTMLElement, after: number): void => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => setTarget(element), after);
  };
  useEffect(() => () => clearTimeout(waiting.current), []);

  const own = children.props;
  const also = <E extends SyntheticEvent>(first: ((event: E) => void) | undefined, then: (event: E) => void) => (event: E) => {
    first?.(event);
    then(event);
  };
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: also(own.onPointerEnter, (event) => event.pointerType !== 'touch' && showSoon(event.currentTarget, patience)),
        onPointerLeave: also(own.onPointerLeave, hide),
        onFocus: also(own.onFocus, (event) => event.currentTarget.matches(':focus-visible') && showSoon(event.currentTarget, 0)),
        onBlur: also(own.onBlur, hide),
        ...(target ? { 'aria-describedby': id } : {}),
      })}
      {target?.isConnected && createPortal(<Bubble id={id} target={target} label={typeof label === 'string' ? label : label()} onGone={hide} />, document.body)}
    </>
  );
}

function Bubble({ id, target, label, onGone }: { id: string; target: HTMLElement; label: string; onGone: () => void }) {
  const bubble = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = bubble.current;
    if (!element) return;
    const at = target.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const above = at.top - gap - height;
    element.style.top = `${above >= 0 ? above : at.bottom + gap}px`;
    element.style.left = `${Math.max(gap, Math.min(window.innerWidth - width - gap, at.left + at.width / 2 - width / 2))}px`;
  }, [target, label]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onGone();
    };
    document.addEventListener('keydown', onKey);
    window.addEventListener('scroll', onGone, true);
    return () => {
      document.removeEventListener('keydown', onKey);
      window.removeEventListener('scroll', onGone, true);
    };
  });

  return (
    <div ref={bubble} id={id} role="tooltip" className={styles.tip}>
      {label}
    </div>
  );
}
