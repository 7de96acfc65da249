/* duty/duty-words.ts -- the words that the server knows of duty tasks, in the order in which they are offered. */
import type { DeadlineKind, DutyNew, Strength } from '../api/types';

export const DEADLINE_KINDS: readonly DeadlineKind[] = ['complete_by', 'start_by', 'full_year', 'recurring', 'ongoing', 'none'];
/** Deadlines that have a day. */
export const WITH_DAY: ReadonlySet<DeadlineKind> = new Set(['complete_by', 'start_by']);
export const STRENGTHS: readonly Strength[] = ['must', 'expected', 'encouraged'];
export type Cadence = NonNullable<DutyNew['cadence']>;
export const CADENCES: readonly Cadence[] = ['monthly', 'quarterly', 'half_yearly', 'annual'];
/** Where a duty task that no plan orders comes from. */
export const ORIGINS: readonly DutyNew['origin'][] = ['instruction', 'minutes', 'assignment', 'proposal', 'hand'];
export const ALL_ORIGINS = ['plan', ...ORIGINS] as const;
export const KINDS = ['task', 'instruction', 'rectification', 'step', 'quota', 'follow_up'] as const;
/** States of a duty task in the order of its life. */
export const STATES = ['assigned', 'acknowledged', 'dispatched', 'in_hand', 'completion_asked', 'reviewed', 'laid_before', 'returned', 'extended', 'amended', 'suspended', 'carried_over', 'done', 'read', 'ordered', 'closing_asked', 'checked', 'struck_off', 'archived'] as const;
