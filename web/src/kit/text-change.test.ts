import { expect, it } from 'vitest';
import { textChange } from './text-change';

it.each([
  ['覆盖80%的单位', '覆盖90%的单位', '80', '90'],
  ['完成 2023-08-31', '完成 2023-09-30', '2023-08-31', '2023-09-30'],
  ['第11项', '第111项', '11', '111'],
  ['2019年底', '2020年底', '2019', '2020'],
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
