import { account } from './account';
import { console } from './console';
import { declare } from './declare';
import { drafts } from './drafts';
import { duty } from './duty';
import { edit } from './edit';
import { incident, timeline } from './incident';
import { intake, wall } from './intake';
import { me } from './me';
import { office } from './office';
import { offline } from './offline';
import { organisation, people } from './organisation';
import { reach } from './reach';
import { schedules } from './schedules';
import { source } from './source';
import { system } from './system';
import { webhooks } from './webhooks';
import { welcome } from './welcome';

/** Portuguese as it is written in Brazil. The compiler holds every part against its English one. */
export const pt = { account, console, declare, drafts, duty, edit, incident, intake, me, office, offline, organisation, people, reach, schedules, source, system, timeline, wall, webhooks, welcome };
