/* The names under which the rest of the client knows the API's schemas. */
import type { components, operations } from './schema.gen';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type Found = Schemas['Found'];
export type FoundDocument = Schemas['FoundDocument'];
export type FoundTask = Schemas['FoundTask'];
export type FoundUnit = Schemas['FoundUnit'];
export type Programme = Schemas['Programme'];
export type DocumentHead = Schemas['DocumentHead'];
export type PlanDocument = Schemas['Document'];
export type DocumentChain = Schemas['DocumentChain'];
export type ChainRow = Schemas['ChainRow'];
export type Version = Schemas['Version'];
export type VersionSummary = Schemas['VersionSummary'];
export type Counts = Schemas['Counts'];
export type Obligation = NonNullable<Version['obligations']>[number];
export type Warning = Schemas['Warning'];
export type Import = Schemas['Import'];
export type Job = Schemas['Job'];
export type Diff = Schemas['Diff'];
export type DiffRow = Schemas['DiffRow'];
export type DiffField = Schemas['DiffField'];
export type Pair = Schemas['Pair'];
export type PairRow = Schemas['PairRow'];
export type PairList = Schemas['PairList'];
export type Relation = Schemas['Relation'];
export type Decision = Schemas['Decision'];
export type Task = Schemas['Task'];
export type TaskRow = Schemas['TaskRow'];
export type TaskList = Schemas['TaskList'];
export type TaskUnit = Schemas['TaskUnit'];
export type TaskTotals = Schemas['TaskTotals'];
export type Deadline = Schemas['Deadline'];
export type Target = Schemas['Target'];
export type Check = Schemas['Check'];
export type CheckGroup = Schemas['CheckGroup'];
export type Edit = Schemas['Edit'];
export type EditResult = Schemas['EditResult'];
export type Changes = Schemas['Changes'];
export type Step = Schemas['Step'];
export type TaskChange = Schemas['TaskChange'];
export type TargetChange = Schemas['TargetChange'];
export type Memory = Schemas['Memory'];
export type MemoryList = Schemas['MemoryList'];
export type Role = Schemas['Role'];
export type DeadlineKind = Schemas['DeadlineKind'];
export type Strength = Schemas['Strength'];
export type VersionState = Schemas['VersionState'];

/** The query of the register's list; its filters are those of totals and export too. */
export type TaskQuery = NonNullable<operations['listTasks']['parameters']['query']>;
export type TaskOrder = NonNullable<TaskQuery['order']>;
export type TaskFilters = Omit<TaskQuery, 'order' | 'limit' | 'after'>;
