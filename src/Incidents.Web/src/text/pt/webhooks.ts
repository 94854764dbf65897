import type { webhookText } from '../webhooks';
import type { Translated } from '../words';

export const webhooks: Translated<typeof webhookText> = {
  intro: 'Programas de fora que são avisados do que acontece com os incidentes, cada mensagem assinada com um segredo próprio.', new: 'Novo webhook', newTitle: 'Acrescentar um webhook', editTitle: (name) => `Alterar ${name}`, empty: 'Nenhum webhook ainda',
  emptyHint: 'Acrescente um para avisar uma página de status, um chat ou um script seu.', name: 'Nome', nameHint: 'Letras, dígitos, pontos e hífens; não muda mais.', url: 'Endereço', urlHint: 'https, alcançável daqui; responde com 2xx em 10 s.', events: 'Eventos', eventsHint: 'Nenhum escolhido: todos.',
  pools: 'Só destes pools', severities: 'Só destas severidades', services: 'Só destes serviços', everything: 'tudo', some: (count) => (count === 1 ? '1 evento' : `${count} eventos`), of: (what) => `de ${what}`,
  secretTitle: 'O segredo, mostrado só agora', secretHint: 'Cada mensagem é assinada com ele: guarde onde seu programa o encontre. Um novo só se faz pela API.', copySecret: 'Copiar o segredo', on: 'ativo', off: 'desativado', enable: 'Ativar', disable: 'Desativar',
  enabled: (name) => `${name} está ativo`, disabled: (name) => `${name} está desativado: o que acontece fica retido`, change: 'Alterar', remove: 'Excluir', removeTitle: (name) => `Excluir ${name}?`, removeHint: 'As entregas vão junto. Nada mais é enviado.', removed: (name) => `${name} foi excluído`,
  test: 'Enviar um ping', tested: (ms) => `Recebeu o ping em ${ms} ms`, testFailed: 'O ping não chegou', lastSuccess: (when) => `última entrega ${when}`, lastFailure: (when) => `última falha ${when}`, never: 'nada enviado ainda', waiting: (count) => `${count} esperando`,
  missed: (count) => (count === 1 ? '1 perdida' : `${count} perdidas`), replayMissed: 'Enviar o que se perdeu', replayed: (count) => (count === 1 ? '1 entrega é enviada de novo' : `${count} entregas são enviadas de novo`), deliveries: 'Últimas entregas', none: 'Nada foi enviado ainda.', replay: 'Enviar de novo',
  replayLabel: (type, when) => `Enviar de novo ${type} de ${when}`, show: 'Corpo', state: { waiting: 'espera', delivered: 'entregue', failed: 'falhou', held: 'retida' }, tries: (count) => (count === 1 ? '1 tentativa' : `${count} tentativas`), next: (when) => `de novo às ${when}`,
  incident: (number) => `incidente #${number}`, create: 'Criar', save: 'Salvar', cancel: 'Cancelar', close: 'Fechar',
};
