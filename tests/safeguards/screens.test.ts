import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClientIfNeeded } from '../../server/build-client.ts';
import type { BreakGlassView } from '../../server/safeguards/safeguards.contract.ts';
import { expectAccessible, openBrowser, personAt, type Person as Visitor } from '../e2e/browser.ts';
import { hasChromium } from '../e2e/system.ts';
import { accountOf, aCaseWorker, aColleague } from '../support/actors.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { caseAgainst, hiredAs } from '../support/conflicts.ts';
import { done, registerCase, type Registered } from '../support/seed.ts';

/** The rarer states of emergency access and of doubts, each as it looks on a desk and on a telephone. */
describe.skipIf(!hasChromium())('what happens seldom, in a browser', { timeout: 240_000 }, () => {
  let app: TestApp;
  let browser: Browser;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    await buildClientIfNeeded();
    browser = await openBrowser();
  }, 120_000);
  afterAll(() => browser?.close());

  async function enter(username: string): Promise<Page> {
    const system = { url: app.url, folder: '', log: app.logs, stop: app.close };
    const account = { ...accountOf(username), role: '', agency: '' };
    const visitor = await personAt(browser, { ...system, accountOf: () => account }, { username });
    visitors.push(visitor);
    return visitor.page;
  }

  it('an emergency access runs out of time, is ended early, and an overdue review blocks the next', async () => {
    app = await startApp();
    const worker = await aCaseWorker(app);
    const made = await registerCase(app, worker);
    const page = await enter('huy.vhxh.sontra');
    const first = await opened(app, made);
    await endIn(app, first.id, '4 minutes');
    await showsLittleTime(page, made);
    await endIn(app, first.id, '12 seconds');
    await closesByItself(page, made);
    const second = await opened(app, made);
    await isEndedEarly(page, made);
    await app.database.ask(`update hien.break_glass set review_due_at = now() - interval '1 minute' where id = $1`, [
      second.id,
    ]);
    await isBlocked(page, made.code);
    await page.goto(`/openings/${second.id}`);
    await page.getByText('Đã quá hạn xem xét: bạn chưa truy cập khẩn cấp lần khác được.').waitFor();
    await accessible(page, 'own access, review overdue');
    for (const { faults } of visitors) expect(faults).toEqual([]);
  });

  it('a supervisor answers a doubt', async () => {
    const worker = await aCaseWorker(app);
    const colleague = await aColleague(app);
    const who = { fullName: canary('Trần Quốc '), birthYear: 1988 };
    await hiredAs(app, colleague.staffId, who);
    const made = await caseAgainst(app, worker, who);
    const page = await enter('an.vhxh.sontra');
    await page.goto(`/items/${made.id}`);
    await page.getByRole('button', { name: 'Chỉ là trùng tên – Trần Quốc Huy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Bỏ nghi vấn về Trần Quốc Huy?' }).waitFor();
    await accessible(page, 'doubt, asked once more');
    await dialog.getByRole('button', { name: 'Bỏ nghi vấn' }).click();
    await page.getByRole('button', { name: /Chỉ là trùng tên/ }).waitFor({ state: 'detached' });
    const section = page.getByRole('region', { name: 'Ai không được tiếp cận' });
    expect(await section.getByRole('heading', { level: 2 }).evaluate((top) => top === document.activeElement)).toBe(
      true,
    );
    await section.getByText('Chưa có ai bị loại trừ.').waitFor();
    await accessible(page, 'doubt answered');
    for (const { faults } of visitors) expect(faults).toEqual([]);
  });
});

async function accessible(page: Page, screen: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await expectAccessible(page, `${screen} ${width}`);
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isTooWide, `${screen} ${width}`).toBe(false);
  }
}

/** By the same person on another device. */
async function opened(app: TestApp, made: Registered): Promise<BreakGlassView> {
  const huy = await aColleague(app);
  const reasonText = canary('Không liên lạc được ');
  const body = { reasonCode: 'MISSING', reasonText, password: huy.password, minutes: 30 };
  return done<BreakGlassView>(await huy.post(`/api/cases/${made.id}/break-glass`, body), 201);
}

/** As much time is left, by the database's own clock. */
async function endIn(app: TestApp, id: string, interval: string): Promise<void> {
  await app.database.ask(
    `with moved as (
       update hien.break_glass set opened_at = now() - interval '26 minutes', ends_at = now() + $2::interval where id = $1 returning *)
     update hien.case_member m set ends_at = b.ends_at from moved b where m.case_id = b.case_id and m.staff_id = b.staff_id`,
    [id, interval],
  );
}

async function showsLittleTime(page: Page, made: Registered): Promise<void> {
  await page.goto(`/items/${made.id}`);
  await page.getByText('Truy cập khẩn cấp: còn 3 phút').waitFor();
  await page.getByRole('status').getByText('Sắp hết giờ.', { exact: false }).waitFor();
  await accessible(page, 'time running out');
}

async function closesByItself(page: Page, made: Registered): Promise<void> {
  await page.goto(`/items/${made.id}`);
  await page.getByText('Truy cập khẩn cấp: còn 1 phút').waitFor();
  await page.getByRole('alert').getByText('Truy cập khẩn cấp đã kết thúc').waitFor({ timeout: 60_000 });
  expect(await page.getByRole('region', { name: 'Diễn biến' }).count()).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).evaluate((top) => top === document.activeElement)).toBe(true);
  await accessible(page, 'time over');
}

async function isEndedEarly(page: Page, made: Registered): Promise<void> {
  await page.goto(`/items/${made.id}`);
  await page.getByRole('button', { name: 'Kết thúc truy cập khẩn cấp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Hồ sơ đóng lại ngay.', { exact: false }).waitFor();
  await accessible(page, 'asked before it ends');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await dialog.getByRole('button', { name: 'Kết thúc ngay' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lần truy cập khẩn cấp' }).waitFor();
  await page.getByText('Đã đóng lúc').waitFor();
  await page.getByText('Chờ xem xét').waitFor();
  expect(await page.getByRole('button', { name: 'Kết thúc truy cập khẩn cấp' }).count()).toBe(0);
  // Nothing of the case is asked for again, so that no refusal stands in its log.
  expect(asked.filter((path) => path.startsWith(`/api/cases/${made.id}`))).toEqual([]);
  await accessible(page, 'ended early');
  await page.goto(`/items/${made.id}`);
  await page.getByRole('alert').getByText('Truy cập khẩn cấp đã kết thúc').waitFor();
}

async function isBlocked(page: Page, code: string): Promise<void> {
  await page.goto('/openings/new');
  await page.getByLabel('Mã vụ việc').fill(code);
  await page.getByLabel('Trẻ em đang gặp nguy hiểm').check();
  await page.getByLabel(/^Giải thích ngắn/).fill('Cháu bé gọi cầu cứu từ trong nhà.');
  expect(await page.getByLabel('30 phút').isChecked()).toBe(true);
  await page.getByLabel('15 phút').check();
  await accessible(page, 'asking, with the minutes');
  await page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mật khẩu của bạn').fill(accountOf('huy.vhxh.sontra').password);
  await page.keyboard.press('Enter');
  await page.getByText('Hãy đề nghị người giám sát chuyên môn xem xét rồi thử lại.', { exact: false }).waitFor();
  await accessible(page, 'blocked by an overdue review');
}
