import { account } from './account';
import { console } from './console';
import { drafts } from './drafts';
import { edit } from './edit';
import { intake, wall } from './intake';
import { me } from './me';
import { office } from './office';
import { offline } from './offline';
import { organisation, people } from './organisation';
import { reach } from './reach';
import { schedules } from './schedules';
import { webhooks } from './webhooks';
import { welcome } from './welcome';

/** Portuguese as it is written in Brazil. The compiler holds every part against its English one. */
export const pt = { account, console, drafts, edit, intake, me, office, offline, organisation, people, reach, schedules, wall, webhooks, welcome };
