import { Fragment, type ReactNode } from 'react';
import { type Block, type Inline, parseMarkdown } from '../lib/markdown';
import styles from './Markdown.module.css';

/** A note as it was meant; nothing in it becomes HTML of its own. */
export function Markdown({ source }: { source: string }) {
  return <div className={styles.text}>{parseMarkdown(source).map(block)}</div>;
}

function block(one: Block, key: number): ReactNode {
  if (one.kind === 'code') return <pre key={key} className="mono" tabIndex={0}>{one.text}</pre>;
  if (one.kind === 'list') {
    const items = one.items.map((item, place) => <li key={place}>{item.map(inline)}</li>);
    return one.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
  }
  if (one.kind === 'quote') return <blockquote key={key}>{one.children.map(inline)}</blockquote>;
  // A heading in a note is no heading of the page.
  return <p key={key}>{one.kind === 'heading' ? <strong>{one.children.map(inline)}</strong> : one.children.map(inline)}</p>;
}

function inline(part: Inline, key: number): ReactNode {
  if (part.kind === 'text') return <Fragment key={key}>{part.text}</Fragment>;
  if (part.kind === 'code') return <code key={key} className="mono">{part.text}</code>;
  const children = part.children.map(inline);
  if (part.kind === 'link')
    return (
      <a key={key} className="link" href={part.href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    );
  const Tag = part.kind;
  return <Tag key={key}>{children}</Tag>;
}
