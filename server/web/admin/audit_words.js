// The words for what the audit log names.
import { t } from '/web/i18n.js';
import { roles } from '/admin/pairing.js';

/** What was done, by the log's own name for it. @type {Record<string, () => string>} */
export const actions = {
  'settings.save': () => t('a.au.settings'), 'settings.undo': () => t('a.au.settings.undo'), 'settings.import': () => t('a.au.settings.import'),
  'settings.export': () => t('a.au.settings.export'), 'branch.make': () => t('a.au.branch'), 'key.make': () => t('a.au.key'), 'key.revoke': () => t('a.au.revoke'),
  'pairing.approve': () => t('a.au.approve'), 'screen.save': () => t('a.au.screen'), 'screen.order': () => t('a.au.order'),
  login: () => t('a.au.login'), 'login.wrong': () => t('a.au.wrong'), logout: () => t('a.au.logout'),
  'notice.make': () => t('a.au.notice'), 'notice.end': () => t('a.au.notice.end'), 'media.put': () => t('a.au.media'), 'media.remove': () => t('a.au.media.remove'),
  import: () => t('a.au.import'), 'import.undo': () => t('a.au.import.undo'), 'dossier.import': () => t('a.au.dossiers'), 'procedure.save': () => t('a.au.procedure'),
  'suggestion.state': () => t('a.au.suggestion'), 'export.make': () => t('a.au.export'), 'export.cancel': () => t('a.au.export.cancel'), 'export.file': () => t('a.au.export.file'),
  'audit.export': () => t('a.au.taken'), 'audit.purge': () => t('a.au.purge'), 'remark.save': () => t('a.au.remark'),
  'paper.form': () => t('a.au.paper.form'), 'paper.rating': () => t('a.au.paper.rating'), 'call.out_of_turn': () => t('a.au.turn'),
  'priority.change': () => t('a.au.priority'), 'transfer.front': () => t('a.au.front'),
  'account.make': () => t('a.au.account'), 'account.save': () => t('a.au.account.save'), 'account.password': () => t('a.au.account.password'),
  'account.unlock': () => t('a.au.account.unlock'), 'account.logout': () => t('a.au.account.logout'), 'password.change': () => t('a.au.password'),
  'factor.set': () => t('a.au.factor'), 'factor.end': () => t('a.au.factor.end'), 'login.locked': () => t('a.au.locked'), 'seat.free': () => t('a.au.seat'),
  'training.begin': () => t('a.au.training'), 'training.reset': () => t('a.au.training.reset'), 'training.end': () => t('a.au.training.end'),
  'device.cert': () => t('a.au.certificate'),
};

/** The roles that people alone have. @type {Record<string, () => string>} */
const people = { clerk: () => t('a.au.role.clerk'), guide: () => t('a.au.role.guide'), head: () => t('a.au.role.head') };

/** Parts of a change that are named in words; paths of settings stand as they are. @type {Record<string, () => string>} */
const paths = { reason: () => t('a.au.p.reason'), counter: () => t('a.au.p.counter'), priority: () => t('a.au.p.priority'), event: () => t('a.au.p.event'), from: () => t('a.au.p.from') };

/** @param {string} path */
export const pathWords = (path) => paths[path]?.() ?? path;

/** Who did it: a key's name, or one of the few that are none. @param {{who: string, role?: string}} line */
export function whoWords(line) {
  if (line.who === '?') return t('a.au.who.unknown');
  if (line.who === 'command') return t('a.au.who.command');
  return line.who === 'hall' ? t('a.au.who.hall') : line.who;
}

/** @param {string | undefined} role */
export const roleWords = (role) => (role ? (people[role] ?? roles[role])?.() ?? role : '');
