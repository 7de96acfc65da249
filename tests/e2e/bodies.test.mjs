/* 机构: the programme's own bodies, and what follows when one has ended. */
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, picture, startHouse } from './support.mjs';

let house;

before(async () => {
  house = await startHouse();
  const text = '单位名称\n云沂市防汛指挥部\n健康云沂行动推进委员会\n云沂市水务局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = (await house.clerk.call('previewDirectory', { headers, body: text })).body;
  await house.clerk.call('importDirectory', { query: { token: seen.token }, headers, body: text });
  const unit = (await house.clerk.call('listBodies')).body.items.find((b) => b.name === '云沂市防汛指挥部').id;
  await house.clerk.call('addDuty', { body: { programme: house.programme, origin: 'hand', title: '备足救灾物资', lead: unit, deadline_kind: 'ongoing' } });
  const { version } = (await house.clerk.call('getUnit', { path: { unit } })).body;
  await house.clerk.call('changeUnit', { path: { unit }, headers: { 'if-match': `"${version}"` }, body: { starts_on: '2024-06-01', ends_on: '2025-06-01' } });
});
after(async () => { await house?.stop(); });

for (const lang of ['zh', 'en'])
  test(`an ended body comes first, with the way to who takes over (${lang})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/units', lang });
    await page.getByRole('link', { name: t('body.tab'), exact: true }).click();
    const rows = page.getByRole('table', { name: t('body.heading') }).getByRole('row');
    await rows.nth(1).getByText(t('body.state.ended')).waitFor();
    await rows.nth(2).getByText(t('body.state.stands')).waitFor();
    await assertAccessible(page, 'bodies');
    await picture(page, `bodies-${lang}`);
    await rows.nth(1).getByRole('link', { name: t('body.handOver') }).click();
    await page.getByRole('heading', { name: t('succession.sayTitle') }).waitFor();
  });
