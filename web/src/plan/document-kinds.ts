/* plan/document-kinds.ts -- the kinds of documents in the order of their lists, and how two documents hang together. */
import type { DocumentKind, DocumentRelation } from '../api/types';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  'action_plan', 'outline', 'work_points', 'division', 'opinion', 'notice', 'law', 'standard', 'assessment', 'minutes',
  'instruction', 'reply', 'bulletin', 'report', 'other',
];

export const DOCUMENT_RELATIONS: readonly DocumentRelation[] = ['carries_out', 'based_on', 'amends', 'replaces'];
