import type { intakeText } from '../intake';
import type { wallText } from '../wall';
import type { Translated } from '../words';

export const intake: Translated<typeof intakeText> = {
  new: 'Nova integração', title: 'Conectar uma fonte de alertas', done: 'Cole isto na fonte', name: 'Nome', nameHint: 'Como prometheus-eu', kind: 'Fonte', kinds: { alertmanager: 'Prometheus Alertmanager', grafana: 'Grafana', generic: 'Qualquer coisa que envie JSON' },
  service: 'Serviço', serviceHint: 'Para alertas que não nomeiam nenhum, ou um que não existe.', label: 'Rótulo que nomeia o serviço', labelHint: 'Vazio: todo alerta é desse serviço.', create: 'Criar', close: 'Pronto', created: (name) => `${name} está pronta`,
  waiting: 'Esperando o primeiro alerta…', waitingHint: 'Envie um agora: isto fica verde sozinho.', arrived: 'O primeiro alerta chegou', arrivedAs: (number) => `É o incidente #${number}.`, rotate: 'Nova chave…', rotateTitle: (name) => `Nova chave para ${name}?`,
  rotateHint: 'O endereço antigo para de funcionar já: até a fonte ter o novo, seus alertas são recusados.', rotateNow: 'Criar nova chave', rotated: (name) => `${name} tem novo endereço: passe-o à fonte`, deleteHint: 'Seu endereço para de funcionar já, e seus alertas são recusados.', hidden: 'A chave é para gestores.',
  payloads: {
    title: 'Últimas requisições', waitingHint: 'O que a fonte envia aparece aqui sozinho, também o que é recusado.', taken: 'Aceita', refused: 'Recusada', note: 'As últimas 20 aceitas e as últimas 20 recusadas, por 7 dias; de uma fonte muito ativa, uma amostra. Segredos são mascarados.',
    noAlerts: 'nenhum alerta nela',
    left: (count) => (count === 1 ? '1 elemento ignorado' : `${count} elementos ignorados`),
    moreAlerts: (count) => `e mais ${count}`,
    noBody: 'O corpo não foi lido.', body: 'Corpo', bodyCut: 'Corpo (o começo)', copyBody: 'Copiar o corpo', sources: { alertmanager: 'formato Alertmanager', grafana: 'formato Grafana', generic: 'formato genérico' }, states: { firing: 'disparado', resolved: 'resolvido' },
    outcomes: {
      waiting: () => 'em processamento',
      opened: () => 'abriu',
      joined: () => 'entrou em',
      repeat: () => 'repetiu o que se sabe de',
      recorded: () => 'não mudou nada em',
      reopened: () => 'reabriu',
      resolved: () => 'resolveu sua parte de',
      resolvedUnknown: () => 'resolveu algo que não estava aberto',
      late: () => 'chegou tarde: seu episódio acabou',
      dropped: (rule) => `descartado pela regra ${rule}`,
      heartbeat: (rule) => `sinal de vida para a regra ${rule}`,
      parked: () => 'falhou repetidamente: estacionado',
    },
  },
  rules: {
    intro: 'O que acontece com um alerta antes de alguém ser chamado. As regras são consultadas nesta ordem; vale a primeira que decide.', changed: 'Elas mudam com o documento de configuração.', empty: 'Nenhuma regra', emptyHint: 'Todo alerta abre um incidente e chama já.',
    otherwise: 'Senão', escalates: 'abre um incidente e chama.', any: 'Todo alerta:',
    when: (label, values) => `${label} é ${values}`,
    matches: (label, pattern) => `${label} corresponde a ${pattern}`,
    or: (values) => values.join(' ou '),
    and: (parts) => parts.join(' e '),
    if: (condition) => `Se ${condition}:`,
    does: {
      escalate: (severity) => (severity ? `abre um incidente como ${severity} e chama.` : 'abre um incidente e chama.'),
      drop: 'é descartado: ninguém fica sabendo.',
      hold: (changes, within) => `é retido enquanto oscila: ${changes} mudanças em ${within}.`,
      firstLine: (who, severity) => `vai à primeira linha${who ? ` (${who})` : ''}${severity ? ` como ${severity}` : ''}, que decide antes de alguém ser chamado.`,
      heartbeat: (every) => `é um sinal de vida: um incidente abre quando ele falta por mais de ${every}.`,
    },
  },
};

export const wall: Translated<typeof wallText> = {
  handoffs: 'Próximas passagens', handoffsHint: 'As próximas 48 horas, todas as escalas', handoffsNone: 'Ninguém passa o plantão em 48 horas.', gaps: 'Lacunas à frente', gapsHint: 'Os próximos 14 dias', gapsNone: 'Há alguém de plantão em toda parte nos próximos 14 dias.',
  in: (left) => `em ${left}`,
  from: 'de',
  nobody: 'ninguém',
  more: (count) => `e mais ${count}`,
  long: (length) => `dura ${length}`,
};
