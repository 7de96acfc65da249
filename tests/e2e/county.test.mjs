/* 市县对接: the city offers, the county takes, tasks come down and are adapted, and it ends. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, manualPicture, openPage, picture, publish, importText, signIn, startHouse } from './support.mjs';

const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕9号

一、健康知识普及行动
1.开展宣传教育。常年举办健康讲座，每年不少于30场。（牵头单位：市教育局；责任单位：渝水区政府）
2.建设健康步道。到2028年，建成步道10条。（牵头单位：市教育局；责任单位：渝水区政府；完成时限：2028年12月底）
`;

let house, unit, account;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', plan)).version);
  unit = (await house.clerk.call('listUnits')).body.items.find((u) => u.name === '渝水区政府').id;
  await house.server.cli('tenant', 'add', '渝水区', '360502');
  await house.server.cli('programme', 'add', '渝水区', '健康渝水');
  account = await house.server.addUser('yushui', '渝水区', { post: null });
});
after(async () => { await house?.stop(); });

/* The county's own browser. */
async function openCounty(it, path, lang = 'zh') {
  const opened = await openPage(it, house, { path, lang, signedIn: false });
  await signIn(opened.page, opened.t, account);
  return opened;
}

test('the city offers a code, the county takes it', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/county-links' });
  await page.getByRole('navigation', { name: t('frame.nav') }).getByText(t('nav.countyLinks')).waitFor();
  await page.getByText(t('county.none')).waitFor();
  await page.getByRole('button', { name: t('county.offer'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('county.offerTitle') });
  await dialog.getByRole('combobox', { name: t('county.county') }).fill('渝水区政府');
  await page.getByRole('option', { name: '渝水区政府' }).first().waitFor({ state: 'attached' });
  await page.locator('.ant-select-item-option', { hasText: '渝水区政府' }).first().click();
  await dialog.getByRole('button', { name: t('county.offer'), exact: true }).click();
  const code = await page.getByRole('status', { name: t('county.code') }).textContent();
  await page.getByRole('button', { name: t('county.noted') }).click();
  await page.getByRole('cell', { name: t('county.state.offered') }).waitFor();
  await assertAccessible(page, 'offered');

  const county = await openCounty(it, '/county-links');
  await county.page.getByRole('button', { name: t('county.take'), exact: true }).click();
  const take = county.page.getByRole('dialog', { name: t('county.takeTitle') });
  await take.getByLabel(t('county.code')).fill(code);
  await take.getByRole('button', { name: t('county.take'), exact: true }).click();
  await county.page.getByRole('cell', { name: t('county.state.linked') }).waitFor();
  await assertAccessible(county.page, 'linked');
  await picture(county.page, 'county-links');

  await page.goto(`/units/${unit}`);
  await page.getByRole('link', { name: /^渝水区（/ }).waitFor();
  await picture(page, 'county-unit');
});

for (const lang of ['zh', 'en'])
  test(`what the city gave is taken, with its words beside (${lang})`, async (it) => {
    const { page, t } = await openCounty(it, '/assignments', lang);
    const table = page.getByRole('table', { name: t('assignment.heading') });
    await table.getByText('云政发〔2026〕9号').first().waitFor();
    const title = lang === 'zh' ? '建设健康步道' : '开展宣传教育';
    await page.getByRole('button', { name: new RegExp(title) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: t('assignment.adapt') }).click();
    await dialog.getByLabel(t('assignment.title')).fill(`渝水的${title}`);
    await dialog.getByLabel(t('assignment.daysBefore')).fill('5');
    await assertAccessible(page, 'taking');
    await picture(page, `county-taking-${lang}`);
    await dialog.getByRole('button', { name: t('act.save') }).click();
    await dialog.waitFor({ state: 'hidden' });
    await table.getByRole('link', { name: `渝水的${title}` }).waitFor();
    assert.match(await table.innerText(), new RegExp(title));
    await table.getByText(t('assignment.earlier', { n: 5 })).first().waitFor();
    await assertAccessible(page, 'assignments');
    await picture(page, `county-assignments-${lang}`);
  });

test('either end ends it, and what it was stays', async (it) => {
  const { page, t } = await openCounty(it, '/county-links');
  await page.getByRole('button', { name: new RegExp(`^${t('county.end')} `) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('county.why')).fill('区划调整');
  await dialog.getByRole('button', { name: t('county.end'), exact: true }).click();
  await page.getByRole('cell', { name: t('county.state.ended') }).waitFor();
  await page.getByText(/区划调整/).waitFor();
  await page.getByRole('link', { name: t('county.kept', { n: 2 }) }).click();
  const table = page.getByRole('table', { name: t('assignment.heading') });
  await table.getByText(/对接终止，转为本县区的任务/).first().waitFor();
  await assertAccessible(page, 'kept');
  await picture(page, 'county-kept');

  const city = await openPage(it, house, { path: '/county-links' });
  const heading = t('county.leftOf', { name: '渝水区' });
  await city.page.getByRole('button', { name: `${t('county.left', { n: 2 })} 渝水区` }).click();
  const left = city.page.getByRole('dialog', { name: heading });
  await left.getByRole('link', { name: '建设健康步道' }).waitFor();
  await left.getByText(t('county.leftNobody', { unit: '渝水区政府' })).waitFor();
  await assertAccessible(city.page, 'left');
  await manualPicture(city.page, 'county-left');
});
