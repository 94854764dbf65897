import type { Integration } from '../api/types';

export interface Snippet {
  label: 'alertmanager' | 'grafana' | 'curl' | 'curlResolve';
  code: string;
}

const curl = (url: string, body: object): string =>
  `curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'`;

/** What to paste at the source's side, by the integration's kind. */
export function snippets(integration: Integration): Snippet[] {
  const { url, kind } = integration;
  const service = integration.service ?? 'checkout';
  if (kind === 'alertmanager')
    return [
      {
        label: 'alertmanager',
        code: [
          'receivers:',
          '  - name: incidents',
          '    webhook_configs:',
          `      - url: ${url}`,
          '        send_resolved: true',
          '        max_alerts: 0',
          '',
          'route:',
          '  receiver: incidents',
          '  group_by: [alertname, service]',
          '  group_wait: 5s',
        ].join('\n'),
      },
      {
        label: 'curl',
        code: curl(url, {
          version: '4',
          status: 'firing',
          alerts: [
            {
              status: 'firing',
              labels: { alertname: 'HighErrorRate', service, severity: 'critical' },
              annotations: { summary: `${service} answers with errors` },
              startsAt: '2026-01-01T00:00:00Z',
            },
          ],
        }),
      },
    ];
  if (kind === 'grafana') return [{ label: 'grafana', code: url }];
  const alert = { summary: `${service} answers with errors`, dedupKey: `${service}-errors`, service };
  return [
    { label: 'curl', code: curl(url, { ...alert, severity: 'critical' }) },
    { label: 'curlResolve', code: curl(url, { ...alert, status: 'resolved' }) },
  ];
}
