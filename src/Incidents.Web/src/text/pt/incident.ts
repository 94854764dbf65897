import type { incidentText, timelineText } from '../incident';
import type { Translated } from '../words';
import { console } from './console';

export const incident: Translated<typeof incidentText> = {
  back: 'Incidentes', missing: (id) => `Não há incidente ${id}`, missingHint: 'Pode ter sido removido pelo prazo de guarda, ou o número está errado.', service: 'Serviço', pool: 'Grupo', team: 'Equipe', policy: 'Política', urgency: 'Urgência', opened: 'Aberto',
  acknowledged: 'Reconhecido', resolved: 'Resolvido', by: (person) => `por ${person}`, facts: 'Dados', runbook: 'Procedimento', level: 'Nível',
  next: {
    title: 'O que acontece agora',
    nextLevel: (level) => [`Próximo: nível ${level}`, 'se ninguém reconhecer'] as const,
    nextPass: (pass) => [`Próxima: rodada ${pass} a partir do nível 1`, 'se ninguém reconhecer'] as const,
    lastResort: (again) => (again ? (['Chama de novo', 'até alguém reconhecer'] as const) : (['Próximo: o último recurso', 'se ninguém reconhecer'] as const)),
    firstPage: ['Primeira chamada', ''],
    pagingStarts: ['As chamadas começam', 'fora do horário comercial seus prazos param'],
    decisionDeadline: ['Escala sozinho', 'se a primeira linha não decidir'],
    pagesAgain: ['Chama de novo', 'se nada for feito'],
    wakes: ['Acorda', 'e chama de novo'],
    when: (left) => (left ? `em ${left}` : 'a qualquer momento'),
    nothing: 'Nada está previsto.',
    acknowledged: (person) => `${person} cuida disso. As chamadas pararam.`,
    resolved: (person, length) => `Resolvido${person ? ` por ${person}` : ''} depois de ${length}.`,
    stillFiring: 'A fonte ainda dispara: se o episódio continuar, o incidente abre de novo.',
  },
  bulk: {
    label: 'Incidentes selecionados',
    selected: (count) => `${count} selecionados`,
    clear: 'Limpar',
    done: {
      acknowledge: (count) => (count === 1 ? '1 incidente é seu' : `${count} incidentes são seus`),
      resolve: (count) => (count === 1 ? '1 incidente está resolvido' : `${count} incidentes estão resolvidos`),
    },
    failed: (count, why) => `${count === 1 ? '1 não mudou' : `${count} não mudaram`}: ${why}`,
    confirm: (count) => (count === 1 ? 'Resolver 1 incidente?' : `Resolver ${count} incidentes?`),
    confirmHint: 'Onde alertas ainda disparam, o incidente abre de novo se o episódio continuar por 5 minutos.',
  },
  earlier: { title: (service) => `Antes, em ${service}`, none: 'Este é o primeiro.', ago: (age) => `há ${age}`, took: (length) => `durou ${length}`, all: 'Todos deste serviço' },
  why: {
    title: 'Por que você:',
    level: (level, time) => `o nível ${level} começou às ${time}, e você estava como`,
    duty: (position) => `${position.toLowerCase()} de`,
    other: 'uma das pessoas que ele chama.',
    policy: (name) => `política ${name}`,
  },
  wake: 'Acordar agora',
  is: (people) => `${people} é chamado`,
  are: (people) => `${people} são chamados`,
  and: (people) => (people.length < 3 ? people.join(' e ') : `${people.slice(0, 2).join(', ')} e mais ${people.length - 2}`),
  paged: 'Chamados agora', pagedEarlier: 'Chamados por último', pagedNobody: 'Ninguém foi chamado ainda.',
  pageState: (state, channel) => {
    const voice = { requested: 'será chamado já', sent: 'sendo chamado', delivered: 'chamado', answered: 'atendeu', failed: 'chamada falhou' };
    const other = { requested: 'será avisado já', sent: 'enviado', delivered: 'entregue', answered: 'respondido', failed: 'falhou' };
    return channel === 'voice' ? voice[state] : state === 'requested' ? other.requested : `${channel ? (console.channel[channel] ?? channel) : ''} ${other[state]}`.trim();
  },
  alerts: 'Alertas', alertsNone: 'Declarado à mão: nenhum alerta pertence a ele.', firing: 'Disparando', alertResolved: 'Resolvido', since: (length) => `há ${length}`, labels: 'Rótulos', annotations: 'Anotações', details: 'Detalhes',
  from: (integration) => `de ${integration}`, note: 'Acrescentar nota', noteHint: 'O que você viu ou tentou?', noteSubmit: 'Acrescentar', timeline: 'Linha do tempo', timelineEmpty: 'Nada aconteceu ainda.', newestFirst: 'Mais novos primeiro',
  oldestFirst: 'Mais antigos primeiro', zone: (zone) => `Horários em ${zone}`,
};

export const timeline: Translated<typeof timelineText> = {
  somebody: 'Alguém',
  wrote: (person) => `${person} escreveu`,
  through: (way) => `por ${way}`,
  via: { voice: 'telefone', sms: 'SMS', slack: 'Slack', email: 'e-mail', link: 'link', web: 'web', api: 'API', source: 'fonte', system: 'sistema' },
};
