import type { Translated } from '../words';
import type { reachText } from '../reach';

export const reach: Translated<typeof reachText> = {
  contacts: {
    title: 'Meus contatos', none: 'Nenhum contato ainda: ninguém poderia chamar você. Acrescente um.', add: 'Acrescentar contato', change: 'Alterar', dialog: 'Meus contatos',
    hint: 'Arraste para pôr na sua ordem. As regras acompanham um novo nome; os passos de um contato removido vão com ele.', name: 'Nome', kind: 'Meio', address: 'Número ou endereço', nth: (what, place) => `${what} do contato ${place}`,
    remove: (name) => `Remover contato ${name}`, move: (name, place, count) => `Mover ${name}, ${place} de ${count}: teclas de seta`, moved: (name, place) => `${name} agora é o número ${place}`, unused: 'em nenhuma regra', unusedHint: 'Nenhuma das suas regras usa este contato, então nenhum chamado chega nele.',
    saved: 'Contatos salvos', newName: { voice: 'celular', sms: 'texto', email: 'correio', slack: 'chat' },
  },
  need: (pool, way) => `O pool ${pool} precisa de ${way} nas suas regras para chamados urgentes. Você não tem.`,
  needs: { voice: 'um telefone que receba ligações', sms: 'um número de SMS', email: 'um e-mail', slack: 'Slack', webhook: 'um webhook' },
  does: { voice: 'ligação para', sms: 'SMS para', email: 'e-mail para', slack: 'mensagem no Slack para', webhook: 'webhook' },
  sentence: { atOnce: 'De imediato', after: (length) => `após ${length}`, part: (when, what) => `${when}: ${what}`, and: ' e ', ends: 'até uma pessoa assumir.', none: 'Todos os telefones de imediato, até uma pessoa assumir.' },
  rules: {
    title: 'Como sou chamado', high: 'Urgente', low: 'Não urgente', same: 'Como nos urgentes.', change: 'Alterar', dialog: 'Como sou chamado', separate: 'Outros passos quando não é urgente', hint: 'Arraste um passo, ou use as setas na alça: o contato muda de lugar, os tempos ficam.',
    when: 'Quando', contact: 'Contato', nth: (what, place, of) => `${what} do passo ${place}, ${of}`, after: (length) => `após ${length}`, atOnce: 'de imediato', add: 'Acrescentar passo', remove: (place, of) => `Remover passo ${place}, ${of}`,
    move: (place, count, of) => `Mover passo ${place} de ${count}, ${of}: teclas de seta`, moved: (place) => `Agora é o passo ${place}`, noSteps: 'Nenhum passo: todos os telefones são tentados de imediato.', saved: 'Regras salvas', noContacts: 'Acrescente primeiro um contato.',
  },
  quiet: {
    title: 'Horas de silêncio', use: 'Horas de silêncio: o que não é urgente espera', from: 'De', to: 'Até', days: 'Começando em', day: { mon: 'Seg', tue: 'Ter', wed: 'Qua', thu: 'Qui', fri: 'Sex', sat: 'Sáb', sun: 'Dom' }, everyDay: 'todos os dias', zone: (zone) => `Horários de ${zone}`,
    sentence: (from, to, days) => `Silêncio das ${from} às ${to}, ${days}: o que não é urgente espera até acabar. O urgente nunca espera.`, none: 'Sem horas de silêncio.',
  },
  preview: {
    title: 'Se um chamado viesse agora', away: (until, who) => `Você está ausente até ${until}: ${who} é chamado no seu lugar.`, awayNobody: (until) => `Você está ausente até ${until} e não indicou ninguém: políticas que citam você passam adiante. Os turnos ainda chamam você.`,
    quiet: (until) => `Espera até ${until}: suas horas de silêncio.`, line: (when, what) => `${when} ${what}`, unusable: 'não configurado nesta instalação', nothing: 'Nada chegaria a você.',
  },
  verify: {
    yes: 'verificado', no: 'não verificado', noHint: 'Os chamados vão para lá mesmo assim. Um código prova que chegam.', button: 'Verificar', send: { voice: 'Ligue para mim com um código', sms: 'Mande um código por SMS', email: 'Mande um código por e-mail', slack: 'Mande um código no Slack' },
    again: 'Mandar outro código', code: 'Código, seis dígitos', give: 'Verificar', state: { queued: 'Está a caminho.', sent: 'Foi enviado.', delivered: 'Chegou.', answered: 'A ligação foi atendida.', failed: 'Não chegou', canceled: 'Foi retirado.' },
    tries: (left) => (left === 1 ? 'resta 1 tentativa' : `restam ${left} tentativas`), done: (name) => `${name} está verificado`, problem: { noChannel: 'não configurado nesta instalação', unsubscribed: 'não quer mais mensagens: envie START dele' },
  },
  test: {
    button: 'Testar', label: (name) => `Testar ${name}`, rule: 'Tocar como teste', title: 'Teste', hint: 'Claramente dito como teste. Tecle 4 no telefone, ou pare aqui.',
    state: { queued: 'espera', sent: 'enviado', delivered: 'chegou', answered: 'atendido', failed: 'falhou', canceled: 'retirado' }, ringing: 'toca', at: (when) => `às ${when}`, stop: 'Recebi, parar', close: 'Fechar', over: 'O teste acabou.',
  },
  pin: {
    title: 'Linha de chamada', hint: 'Ligue para o número de onde vêm os chamados, digite a senha, e ouça e trate o que está aberto para você.', none: 'Sem senha ainda: a linha está fechada para você.', since: (when) => `Há uma senha desde ${when}.`,
    locked: (when) => `Senhas erradas demais: bloqueada até ${when}. Uma nova senha libera.`, field: 'Nova senha, 4 a 8 dígitos', set: 'Definir a senha', remove: 'Remover', saved: 'Senha definida', removed: 'Senha removida: a linha está fechada',
  },
  people: {
    title: 'Não alcançáveis como deveriam', unverified: (count) => (count === 1 ? '1 contato não verificado' : `${count} contatos não verificados`), more: (count) => `e mais ${count}`,
  },
  handOver: { field: 'Quem recebe seus chamados nesse tempo (opcional)', nobody: 'Ninguém: políticas que me citam passam adiante', to: (name) => `chamados vão para ${name}` },
  conflict: 'Alguém alterou o seu cadastro nesse meio-tempo. O que está lá agora foi carregado; altere de novo, por favor.', save: 'Salvar', cancel: 'Cancelar',
};
