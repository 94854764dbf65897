import type { meText } from '../me';
import type { Translated } from '../words';

export const me: Translated<typeof meText> = {
  nobody: 'Você não é alguém que possa estar de plantão', nobodyHint: 'Você entrou com uma chave. Entre como pessoa da organização para ver turnos, trocas e pagamento.',
  now: {
    on: (position, schedule) => `Você é ${position} de ${schedule}`,
    off: 'Você não está de plantão',
    onOf: (person, position, schedule) => `${person} é ${position} de ${schedule}`,
    offOf: (person) => `${person} não está de plantão`,
    until: (when, left) => `até ${when}, por mais ${left}`,
    untilFurther: 'até segunda ordem',
    next: (schedule, position, when, left) => `Depois: ${schedule}, ${position}, ${when} (em ${left})`,
    none: 'Nada nos próximos 90 dias.',
  },
  position: { primary: 'primário', secondary: 'secundário' },
  shifts: {
    title: 'Meus próximos turnos', hint: 'Próximos 90 dias, todas as escalas', empty: 'Nenhum turno nos próximos 90 dias.', offer: 'Trocar…', offerLabel: (schedule, when) => `Pedir a alguém que assuma ${schedule}, ${when}`, asked: 'troca pedida', more: (count) => `Mostrar mais ${count}`, here: (zone) => `em ${zone}`,
  },
  swaps: {
    title: 'Trocas', empty: 'Nenhuma troca aberta. Peça uma ao lado de um turno.', forYou: (name) => `${name} pede cobertura`, yours: 'Você pediu cobertura', of: (schedule, position) => `${schedule}, ${position}`, anyone: 'oferecido a qualquer um qualificado', people: (names) => `oferecido a ${names}`,
    expires: (when) => `até ${when}`, declined: (names) => `recusado por ${names}`, taken: (name, when) => `${name} assume ${when}`, accept: 'Assumir', decline: 'Recusar', counter: 'Oferecer uma parte…', withdraw: 'Retirar', agree: 'Concordar', refuse: 'Não',
    offers: (name, when) => `${name} assumiria ${when}`, exchange: (schedule, when) => `se você assumir ${schedule}, ${when}`, yourOffer: (when) => `Você se ofereceu para assumir ${when}`, status: { open: 'aberta', accepted: 'assumida', declined: 'recusada', expired: 'vencida', withdrawn: 'retirada' },
    done: { accept: 'Agora é seu', decline: 'Recusado', withdraw: 'Retirada: você volta ao plantão no que ainda não começou', agree: 'Combinado', refuse: 'Recusado', counter: 'Oferta enviada', ask: 'Pedido feito. Quem pode assumir foi avisado.' },
  },
  offer: {
    title: 'Pedir a alguém que assuma um turno', whole: (schedule, position) => `${schedule}, ${position}`, from: 'De', to: 'Até', who: 'Oferecer a', anyone: 'Qualquer um qualificado', some: 'Certas pessoas', people: 'Pessoas', reason: 'Motivo (opcional)', submit: 'Pedir', cancel: 'Cancelar',
    choose: 'Escolha ao menos uma pessoa.', hint: 'Você continua de plantão até alguém assumir.',
  },
  counter: { title: (name) => `Oferecer a ${name} uma parte`, hint: 'Diga que parte você assumiria, ou peça que um dos seus seja assumido em troca.', from: 'De', to: 'Até', inReturn: 'Em troca assumem', nothing: 'Nada', note: 'Nota (opcional)', submit: 'Enviar oferta' },
  absences: {
    title: 'Ausente', hint: 'Por si só não tira ninguém do plantão; turnos nela são relatados.', empty: 'Nada previsto.', add: 'Acrescentar', from: 'Primeiro dia', to: 'Último dia', reason: 'Motivo (opcional)', reasonExample: 'p. ex. férias', submit: 'Acrescentar', remove: (when) => `Remover: ausente ${when}`,
    added: 'Anotado', removed: 'Removido', after: 'Escolha um dia não anterior ao primeiro.',
  },
  feed: {
    title: 'Calendário', hint: 'Seus turnos no calendário do telefone ou do programa de e-mail. Quem tem o endereço pode lê-lo.', make: 'Criar um endereço', reset: 'Novo endereço', remove: 'Remover', since: (when) => `Um endereço foi criado em ${when}. Foi mostrado uma vez; um novo o substitui.`,
    copy: 'Copiar o endereço do meu calendário', once: 'Copie agora: só é mostrado uma vez.', removed: 'O endereço do calendário não funciona mais',
  },
  pay: {
    title: 'Pagamento', months: 'Mês', none: 'Nada neste mês.', missing: 'Nenhum demonstrativo deste mês.', status: { draft: 'rascunho', approved: 'aprovado', exported: 'enviado à folha' }, draftHint: 'Não é final: muda com a escala até ser aprovado.',
    kind: { standby: 'Sobreaviso', work: 'Trabalho', adjustment: 'Correção' }, hours: (hours) => `${hours} h`, lines: (count) => (count === 1 ? '1 linha' : `${count} linhas`), unpaid: 'Tempo sem preço', total: 'Total',
    class: { business: 'horário comercial', offHours: 'fora do horário', night: 'noite', weekend: 'fim de semana', holiday: 'feriado' }, show: 'Todas as linhas',
  },
};
