import type { sourceText } from '../source';
import type { Translated } from '../words';

export const source: Translated<typeof sourceText> = {
  empty: 'Nenhuma integração ainda', emptyHint: 'Integrações vêm com o documento de configuração (incidentctl apply) ou com o botão.', intro: 'Por onde os alertas entram. Cada integração tem um endereço próprio que contém sua chave.', last: (age) => `último alerta há ${age}`, never: 'nenhum alerta ainda',
  service: (name) => `serviço padrão ${name}`, setUp: 'Configurar', copy: 'Copiar', copied: 'Copiado', copyFailed: 'O navegador não permitiu copiar.', copyUrl: 'Copiar o endereço', url: 'Endereço',
  snippet: { alertmanager: 'Alertmanager', grafana: 'Ponto de contato do Grafana (webhook)', curl: 'curl', curlResolve: 'curl (resolver)' },
};
