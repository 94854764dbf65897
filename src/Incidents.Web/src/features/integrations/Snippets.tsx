import type { Integration } from '../../api/types';
import { snippets } from '../../lib/snippets';
import { sourceText } from '../../text/source';
import { CopyButton } from '../../ui/CopyButton';
import styles from './IntegrationsPage.module.css';

/** What to paste at the source's side, each with a button that copies it. */
export function Snippets({ integration }: { integration: Integration }) {
  return snippets(integration).map(({ label, code }) => (
    <figure key={label} className={styles.snippet}>
      <figcaption>
        {sourceText.snippet[label]}
        <CopyButton value={code} label={`${sourceText.copy}: ${sourceText.snippet[label]}`} />
      </figcaption>
      <pre className="mono" tabIndex={0}>
        {code}
      </pre>
    </figure>
  ));
}
