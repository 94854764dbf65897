import type { accountText } from '../account';
import type { Translated } from '../words';

export const account: Translated<typeof accountText> = {
  title: 'Conta', nobody: 'Você entrou com uma chave que não é de ninguém', nobodyHint: 'Só pessoas têm conta. Cadastre-se em Pessoas, convide a si mesmo e entre pelo link.', none: 'Nenhuma.', never: 'nunca usada',
  used: (age) => `usada há ${age}`, made: (when) => `adicionada em ${when}`, cancel: 'Cancelar', save: 'Salvar', remove: 'Remover',
  confirm: { title: 'É você?', hint: 'O que você vai fazer muda como se entra. Digite a sua senha mais uma vez.', password: 'Senha', go: 'Continuar', signIn: 'Entrar de novo' },
  password: {
    title: 'Senha', off: 'Senhas estão desligadas aqui.', none: 'Você não tem senha. Com uma, entra sem chave.', since: (when) => `Definida em ${when}. Uma nova encerra todas as suas outras sessões.`, set: 'Definir senha…', change: 'Trocar…',
    current: 'Senha atual', fresh: 'Nova senha', hint: (least) => `Pelo menos ${least} caracteres; algumas palavras fáceis de lembrar são o melhor.`, again: 'Nova senha mais uma vez', differ: 'As duas são diferentes.',
    done: 'A sua senha foi definida', doneHint: 'Todas as outras sessões foram encerradas.',
  },
  totp: {
    title: 'Segunda etapa', off: 'Desligada. Com um aplicativo autenticador, uma senha descoberta não abre nada.', on: (left) => (left === 1 ? 'Ligada. Resta 1 código de recuperação.' : `Ligada. Restam ${left} códigos de recuperação.`),
    needsPassword: 'Ela vem depois da senha: defina uma antes.', setUp: 'Configurar aplicativo…', scan: 'Leia com o seu aplicativo autenticador', scanHint: 'ou digite nele o segredo:', qr: 'Código QR para o aplicativo autenticador',
    code: 'Código que o aplicativo mostra agora', turnOn: 'Ligar', turnOff: 'Desligar', turnedOff: 'A segunda etapa está desligada', fresh: 'Novos códigos de recuperação', codes: 'Seus códigos de recuperação',
    codesHint: 'Cada um funciona uma vez no lugar do aplicativo. Guarde-os bem: só aparecem agora.', copy: 'Copiar os códigos de recuperação', kept: 'Já guardei',
  },
  passkeys: {
    title: 'Passkeys', hint: 'Dedo, rosto ou PIN de um aparelho no lugar de login e senha.', add: 'Adicionar passkey…', name: 'Onde fica guardada?', example: 'Notebook do trabalho, iCloud, chave de segurança …', go: 'Continuar no aparelho',
    added: 'A passkey foi adicionada', removed: 'A passkey foi removida', backedUp: 'guardada por um gerenciador de senhas', unsupported: 'Este navegador não tem passkeys aqui: elas precisam de https e de um nome no endereço.',
    numeric: 'Passkeys precisam de um nome no endereço. Abra este site como localhost ou pelo nome dele.', notUsed: 'Nenhuma passkey foi criada.', known: 'Este aparelho já guarda uma passkey sua.',
  },
  sessions: {
    title: 'Sessões', here: 'este navegador', methods: { key: 'com chave de API', demo: 'demonstração', password: 'com senha', passkey: 'com passkey', openId: 'por login único' }, since: (when) => `desde ${when}`,
    end: 'Encerrar', endOf: (browser) => `Encerrar a sessão de ${browser}`, ended: 'A sessão foi encerrada', others: 'Encerrar as outras', othersEnded: 'Todas as outras sessões foram encerradas',
  },
  keys: {
    title: 'Chaves de API', hint: 'Para scripts e outros programas.', make: 'Nova chave…', name: 'Para que serve?', example: 'script de implantação', whose: 'De quem é a chave?', mine: 'Minha: age como eu', service: 'De uma máquina: age com nome próprio',
    role: 'Papel', what: 'O que ela pode?', all: 'Tudo o que o papel pode', some: 'Somente', scopes: { read: 'ler', incidents: 'incidentes', schedules: 'escalas', config: 'configuração', pay: 'pagamento' }, expires: 'Até',
    lengths: { '30': '30 dias', '90': '90 dias', '365': 'um ano', '': 'ser revogada' }, create: 'Criar a chave', once: 'Copie a chave agora: só aparece desta vez.', copy: 'Copiar a chave', done: 'Pronto', revoke: 'Revogar',
    revokeOf: (name) => `Revogar a chave ${name}`, revoked: (name) => `A chave ${name} foi revogada`, unlimited: 'tudo do papel', of: (who) => `de ${who}`, machine: 'de uma máquina',
    ends: { later: (when) => `até ${when}`, soon: (when) => `termina ${when}`, expired: (when) => `terminou ${when}` },
  },
  changes: {
    title: 'O que mudou', more: 'Anteriores', by: (who) => `por ${who}`, from: (address) => `de ${address}`,
    actions: {
      invited: 'Convite', resetAsked: 'Nova senha pedida', accountCreated: 'Conta criada', accountRemoved: 'Conta removida', accountLocked: 'Bloqueada após tentativas demais', passwordChanged: 'Senha definida', totpOn: 'Segunda etapa ligada',
      totpOff: 'Segunda etapa desligada', recoveryCodesMade: 'Códigos de recuperação criados', recoveryCodeUsed: 'Código de recuperação usado', passkeyAdded: 'Passkey adicionada', passkeyRemoved: 'Passkey removida', sessionStarted: 'Entrada',
      sessionEnded: 'Sessão encerrada', keyMade: 'Chave criada', keyRevoked: 'Chave revogada',
    },
  },
  person: {
    title: 'Entrada', password: 'Senha', totp: 'Segunda etapa', passkeys: 'Passkeys', sessions: 'Sessões', last: 'Última entrada', yes: 'sim', no: 'não', on: 'ligada', off: 'desligada', locked: (when) => `bloqueada até ${when}`,
    invited: (when) => `convite enviado, o link vale até ${when}`, invite: 'Convidar', again: 'Convidar de novo', sent: (email) => `O link foi enviado para ${email}.`, byHand: 'Não há endereço de e-mail: entregue o link você mesmo.',
    link: 'Quem tiver este link escolhe a senha. Funciona uma vez.', copy: 'Copiar o link', end: 'Encerrar sessões', ended: (name) => `Todas as sessões de ${name} foram encerradas`, remove: 'Remover conta…',
    removeTitle: (name) => `Remover a conta de ${name}?`, removeHint: 'Senha, segunda etapa, passkeys e sessões se vão. A pessoa fica e pode ser convidada de novo.', removed: (name) => `A conta de ${name} foi removida`,
  },
};
