import { expect, test } from 'vitest';
import type { Visit } from '../api/types';
import { draftOf, emptyFound, recordOf, uploadsOf } from './visit-draft';

const visit = { items: [{ id: 5, duty: null, words: '台账', answer: 'good', note: '' }], summary: '旧' } as unknown as Visit;
const photo = (text: string): Blob => new Blob([text]);

test('a record has the answers of lines that are still there, and the findings that say something', () => {
  const draft = {
    ...draftOf(visit),
    answers: { 5: { answer: 'problem' as const, note: '缺' }, 6: { answer: 'good' as const, note: '' } },
    findings: [emptyFound(), { ...emptyFound(), words: ' 没有更新 ', place: ' 大厅 ', position: { latitude: 35, longitude: 118 } }],
  };
  expect(recordOf(draft, visit)).toEqual({
    answers: [{ id: 5, answer: 'problem', note: '缺' }],
    findings: [{ words: '没有更新', grade: 'general', place: '大厅', latitude: 35, longitude: 118 }],
    summary: '旧',
  });
});

test('pictures go to the findings that the record made, in order; one without words has none', () => {
  const [a, b, lost] = [photo('a'), photo('b'), photo('lost')];
  const draft = {
    ...draftOf(visit),
    findings: [
      { ...emptyFound(), words: '一', pictures: [a] },
      { ...emptyFound(), pictures: [lost] },
      { ...emptyFound(), words: '二', pictures: [b, b] },
    ],
  };
  expect(uploadsOf(draft, [11, 12]).map((u) => [u.finding, u.picture])).toEqual([[11, a], [12, b], [12, b]]);
  expect(new Set(uploadsOf(draft, [11, 12]).map((u) => u.key)).size).toBe(3);
});
