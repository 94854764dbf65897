import type { Duty } from './types';

/** The schedule service's shapes as this console uses them. Instants are RFC 3339 in UTC; intervals are half-open. */

export type Position = 'primary' | 'secondary';

export interface Window {
  days: string[];
  from: string;
  to: string;
  on: string;
  calendar: string | null;
}

export interface Layer {
  name: string;
  position: string;
  level: number;
  zone: string | null;
  /** Local: "2026-01-05T10:00". */
  start: string | null;
  until: string | null;
  /** `1w`, `12h` …: exactly one unit. */
  turn: string | null;
  slots: string[][];
  windows: Window[];
  advance: string;
  nextInOrderOf: string | null;
}

export interface Schedule {
  name: string;
  team: string | null;
  pool: string;
  zone: string;
  layers: Layer[];
}

/** A shift, or a gap when it has no people. */
export type Shift = Duty;

export interface PersonShifts {
  items: Shift[];
  /** Those that run now, whole. */
  current: Shift[];
  next: Shift | null;
}

export type OverrideKind = 'replace' | 'add' | 'remove';

export interface Override {
  id: string;
  schedule: string;
  from: string;
  to: string;
  position: string;
  kind: OverrideKind;
  person: string;
  with: string | null;
  reason: string | null;
  /** The accepted swap request that wrote it; it comes and goes with that. */
  swap: string | null;
  author: string;
  createdAt: string;
}

/** As the configuration document writes an override: the kind is the key that names the person. */
export interface NewOverride {
  schedule: string;
  from: string;
  to: string;
  position?: Position;
  replace?: string;
  with?: string;
  add?: string;
  remove?: string;
  reason?: string;
}

export interface EditAnswer {
  applied: boolean;
  version: number;
  id: string | null;
  /** In the document's shape; of a deletion as it was, so that sending it again undoes it. */
  item: Record<string, unknown> | null;
}

export interface Temporary {
  id: string;
  name: string;
  schedule: string;
  from: string;
  to: string;
  reason: string | null;
  shifts: { from: string; to: string; position: string; people: string[] }[];
  author: string;
}

export interface Calendar {
  name: string;
  zone: string;
  /** `mon` … `sun`. */
  businessDays: string[];
  /** Local: "09:00". */
  businessFrom?: string;
  businessTo?: string;
  /** `2026-12-25`. */
  holidays: string[];
}

export interface Team {
  name: string;
  lead: string | null;
  calendar: string | null;
  members: string[];
}

export interface Finding {
  fingerprint: string;
  rule: string;
  severity: 'enforce' | 'warn' | 'ignore';
  schedule: string | null;
  person: string | null;
  from: string;
  to: string;
  message: string;
  fix: string;
  waived: { reason: string; by: string } | null;
}

export const shiftClasses = ['business', 'offHours', 'night', 'weekend', 'holiday'] as const;
export type ShiftClass = (typeof shiftClasses)[number];

export interface Burden {
  person: string;
  hours: Record<ShiftClass, number>;
  totalHours: number;
  weekends: number;
  holidays: number;
  nights: number;
  pages: number;
  share: number;
}

export interface Fairness {
  items: Burden[];
  balance: { score: number; uneven: number; explanation: string };
  from: string;
  to: string;
}

export interface Absence {
  id: string;
  person: string;
  from: string;
  to: string;
  reason: string | null;
  /** Who gets the pages meanwhile that would go to the person. */
  handOver?: string | null;
}

export type SwapStatus = 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn';

export interface SwapCounter {
  number: number;
  person: string;
  from: string;
  to: string;
  /** A shift of the requester's counterpart that the requester would take in return. */
  exchange: { schedule: string; position: string; from: string; to: string } | null;
  note: string | null;
  state: 'pending' | 'accepted' | 'declined' | 'replaced';
  at: string;
}

export interface Swap {
  id: string;
  number: number;
  schedule: string;
  position: string;
  /** Whose shift it is. */
  person: string;
  from: string;
  to: string;
  reason: string | null;
  status: SwapStatus;
  offerTo: { people: string[] | null; anyone: boolean };
  declined: string[];
  covers: { person: string; from: string; to: string }[];
  /** What nobody has taken. */
  open: { from: string; to: string }[];
  counters: SwapCounter[];
  expiresAt: string;
  createdAt: string;
}

export interface Money {
  amount: string;
  currency: string;
}

export interface PayLine {
  line: string;
  kind: 'standby' | 'work' | 'adjustment';
  explanation: string;
  shift: { schedule: string; position: string; from: string; to: string } | null;
  work: { incident: number; service: string; from: string; to: string } | null;
  class: ShiftClass | null;
  /** Exact: `7h20m`. */
  time: string;
  amount: Money | null;
  reason: string | null;
}

export interface Statement {
  period: string;
  /** Dates; `to` is exclusive. */
  from: string;
  to: string;
  status: 'draft' | 'approved' | 'exported';
  statement: {
    totals: Money[];
    /** Decimal hours by class. */
    hours: Partial<Record<ShiftClass, string>>;
    lines: PayLine[];
    unpaid: PayLine[];
  };
}

/** Who was to be on call in `[from, to)`, and who is with the draft. */
export interface DutyChange {
  schedule: string;
  position: string;
  from: string;
  to: string;
  before: string[];
  after: string[];
}

export interface GapSpan {
  schedule: string;
  position: string;
  from: string;
  to: string;
}

/** A total for each currency; hours are decimal texts, `unpaidHours` those without a price. */
export interface Cost {
  totals: Money[];
  paidHours?: string;
  unpaidHours?: string;
  people?: { person: string; totals: Money[] }[];
}

/** What a draft would change, compared with what is in force. */
export interface Difference {
  changes: DutyChange[];
  gaps: { before: GapSpan[]; after: GapSpan[] };
  newFindings: Finding[];
  goneFindings: Finding[];
  /** Found before and with the draft alike. */
  keptFindings?: Finding[];
  /** Breaches of enforced limits: saving is refused without a waiver. */
  refusing: Finding[];
  fairness: { before: Fairness; after: Fairness };
  /** Standby pay of the schedules that the draft touches; absent for whom pay is none of their business. */
  cost?: { before: Cost; after: Cost } | null;
}

/** Shown once, when it is made: whoever has the address can read the calendar. */
export interface FeedAddress {
  url: string;
  createdAt: string;
}

export interface NewSwap {
  schedule: string;
  position: string;
  from: string;
  to: string;
  offerTo: { people?: string[]; anyone: boolean };
  reason?: string;
}
