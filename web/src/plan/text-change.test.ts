import { expect, it } from 'vitest';
import { textChange } from './text-change';

it.each([
  ['覆盖80%的单位', '覆盖90%的单位', '8', '9'],
  ['减盐', '减盐减油', '', '减油'],
  ['减盐减油', '减盐', '减油', ''],
  ['一样', '一样', '', ''],
  ['', '新', '', '新'],
  ['年年年', '年年', '年', ''],
  ['😀完成', '😁完成', '😀', '😁'],
])('%s → %s', (oldText, newText, oldMiddle, newMiddle) => {
  const change = textChange(oldText, newText);
  expect(change.oldMiddle).toBe(oldMiddle);
  expect(change.newMiddle).toBe(newMiddle);
  expect(change.head + change.oldMiddle + change.tail).toBe(oldText);
  expect(change.head + change.newMiddle + change.tail).toBe(newText);
});
