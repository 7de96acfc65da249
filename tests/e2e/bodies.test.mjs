/* 机构: the programme's own bodies; what one that ends has open is handed over piece by piece or at once. */
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, picture, startHouse } from './support.mjs';

let house;
const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  house = await startHouse();
  const text = '单位名称\n云沂市防汛指挥部\n云沂市冬春疫情防控工作专班\n健康云沂行动推进委员会\n云沂市水务局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = (await house.clerk.call('previewDirectory', { headers, body: text })).body;
  await house.clerk.call('importDirectory', { query: { token: seen.token }, headers, body: text });
  const units = (await house.clerk.call('listUnits', { query: { limit: 500 } })).body.items;
  const id = (name) => units.find((u) => u.name === name).id;
  const change = async (unit, set) => {
    const { version } = (await house.clerk.call('getUnit', { path: { unit } })).body;
    await house.clerk.call('changeUnit', { path: { unit }, headers: { 'if-match': `"${version}"` }, body: set });
  };
  await change(id('云沂市冬春疫情防控工作专班'), { kind: 'committee' });
  for (const [name, last] of [['云沂市防汛指挥部', -1], ['云沂市冬春疫情防控工作专班', 12]]) {
    for (const title of ['备足救灾物资', '修订应急预案', '汛后总结', '检查值守'])
      await house.clerk.call('addDuty', { body: { programme: house.programme, origin: 'hand', title: `${title}（${name.slice(3, 5)}）`, lead: id(name), deadline_kind: 'complete_by', due: day(5) } });
    await change(id(name), { starts_on: '2024-06-01', ends_on: day(last) });
  }
  await house.clerk.call('succeedUnit', { path: { unit: id('云沂市冬春疫情防控工作专班') }, body: { successor: id('云沂市水务局'), from_on: day(13), why: '撤销', takes_open_work: false } });
});
after(async () => { await house?.stop(); });

test('the bodies to be handed over come first, and lead to where it is done', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units' });
  await page.getByRole('link', { name: t('body.tab'), exact: true }).click();
  const rows = page.getByRole('table', { name: t('body.heading') }).getByRole('row');
  const link = rows.filter({ hasText: t('body.state.ended') }).getByRole('link', { name: t('body.handOverOf', { name: '云沂市防汛指挥部' }) });
  await link.waitFor();
  await assertAccessible(page, 'bodies');
  await picture(page, 'bodies-zh');
  await link.click();
  await page.getByRole('heading', { name: t('office.bodies'), exact: true }).waitFor();
});

for (const [lang, title] of [['zh', '备足救灾物资'], ['en', '修订应急预案']])
  test(`one task is handed over before the last day (${lang})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/office', lang });
    await page.getByRole('navigation', { name: t('office.waits') }).getByRole('link', { name: t('office.bodies') }).click();
    const body = page.getByRole('region', { name: '云沂市冬春疫情防控工作专班', exact: true });
    await body.getByText(t('closing.by.successor')).waitFor();
    await body.getByText(t('closing.along')).first().waitFor();
    await assertAccessible(page, 'closing');
    await picture(page, `closing-${lang}`);
    await body.getByRole('checkbox', { name: t('closing.choose', { what: `${title}（冬春）` }) }).check();
    await body.getByRole('button', { name: t('closing.someOf', { name: '云沂市冬春疫情防控工作专班', n: 1 }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t('closing.someTo', { n: 1, unit: '云沂市水务局' })).waitFor();
    // agreed three days ago: entered as that
    const from = dialog.getByLabel(t('closing.from'));
    await from.fill(day(-3));
    await from.press('Enter');
    await picture(page, `closing-ask-${lang}`);
    await dialog.getByRole('button', { name: t('act.confirm') }).click();
    await body.getByRole('link', { name: `${title}（冬春）` }).waitFor({ state: 'hidden' });
    await body.getByRole('link', { name: '汛后总结（冬春）' }).waitFor();
  });

test('what an ended body left goes over at once, and the task says so', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/office?open=bodies' });
  const body = page.getByRole('region', { name: '云沂市防汛指挥部', exact: true });
  await body.getByText(t('closing.held')).first().waitFor();
  await body.getByText(t('closing.by.office')).waitFor();
  await body.getByRole('button', { name: t('closing.allOf', { name: '云沂市防汛指挥部' }) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('act.confirm') }).click();
  await body.waitFor({ state: 'hidden' });
  await page.goto('/duties');
  await page.getByText('备足救灾物资（防汛）').first().click();
  await page.getByText(t('duty.move.hand_over')).first().waitFor();
  await picture(page, 'closing-history-zh');
});
