import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, openBrowser, personAt, type Person } from './browser.ts';
import { hasChromium, startSystem, type System } from './system.ts';

/** Three people one after the other, with an axe run on every screen, on a slow machine. */
const WALK_MS = 900_000;
const WIDTHS = [1280, 360] as const;
const REASON = 'Người thân báo có tiếng kêu cứu, không gọi được người phụ trách.';

type Case = { id: string; code: string };

describe.skipIf(!hasChromium())('emergency access in a browser', () => {
  let system: System;
  let browser: Browser;
  const people: Person[] = [];

  beforeAll(async () => {
    system = await startSystem();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  async function enter(username: string): Promise<Page> {
    const person = await personAt(browser, system, { username });
    people.push(person);
    return person.page;
  }

  it(
    'is asked for by an outsider of the team, told to the lead and the supervisor, reviewed, and stopped by an exclusion',
    async () => {
      const lead = await enter('lan.vhxh.sontra');
      const wanted = await firstCaseOf(lead);
      const outsider = await enter('huy.vhxh.sontra');
      await findsNothing(outsider, wanted.code);
      await asks(outsider, wanted.code, system.accountOf('huy.vhxh.sontra').password);
      await leadIsTold(lead, wanted.code);
      const supervisor = await enter('an.vhxh.sontra');
      await reviews(supervisor, wanted.code);
      await seesTheWorkFirst(supervisor, wanted);
      await excludes(lead, wanted, 'Trần Quốc Huy');
      await isShutOut(outsider, wanted);
      for (const person of people) expect(person.faults).toEqual([]);
      expect(system.log()).not.toContain(REASON);
    },
    WALK_MS,
  );
});

async function accessible(page: Page, screen: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    // A button that scrolling has put half under the bar on top is not a small one.
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await expectAccessible(page, `${screen} ${width}`);
    expect(await page.title(), screen).toMatch(/^(Lỗi: )?[\p{L} ]+ – Sổ công việc$/u);
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isTooWide, `${screen} ${width}`).toBe(false);
  }
}

async function firstCaseOf(page: Page): Promise<Case> {
  const answer = await page.context().request.get('/api/cases?mine=true&stage=new&limit=1');
  const { items } = (await answer.json()) as { items: Case[] };
  const [first] = items;
  if (first === undefined) throw new Error('the demonstration gives the lead no case');
  return first;
}

async function findsNothing(page: Page, code: string): Promise<void> {
  await page.goto('/find');
  await page.getByLabel('Mã vụ việc').last().fill(code);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await page.getByText('Không tìm thấy trong phạm vi của bạn.').waitFor();
  await accessible(page, 'nothing found');
  await page.getByRole('button', { name: 'Truy cập khẩn cấp một hồ sơ' }).click();
}

async function asks(page: Page, code: string, password: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Truy cập khẩn cấp' }).waitFor();
  expect(await page.getByLabel('Mã vụ việc').inputValue()).toBe(code);
  expect(page.url()).not.toContain(code);
  await page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
  await page.getByRole('link', { name: 'Hãy chọn lý do' }).waitFor();
  await accessible(page, 'ask with errors');
  await page.getByLabel('Tính mạng đang bị đe doạ').check();
  await page.getByLabel(/^Giải thích ngắn/).fill(REASON);
  await page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mật khẩu của bạn').fill('không phải mật khẩu');
  await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await dialog.getByRole('link', { name: 'Mật khẩu không đúng' }).waitFor();
  await accessible(page, 'password refused');
  await dialog.getByLabel('Mật khẩu của bạn').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText(/Truy cập khẩn cấp: còn \d+ phút/).waitFor();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  await page.getByRole('region', { name: 'Diễn biến' }).waitFor();
  await accessible(page, 'open in an emergency');
}

async function leadIsTold(page: Page, code: string): Promise<void> {
  await page.goto('/work');
  await page.getByText(/khẩn cấp trong vụ việc của bạn đang chờ/).waitFor();
  await accessible(page, 'work of the lead');
  await page.getByRole('link', { name: 'Xem các lần truy cập khẩn cấp' }).click();
  await page.getByRole('link', { name: `Trần Quốc Huy mở hồ sơ ${code}` }).click();
  await page.getByText('Người giám sát chuyên môn của cơ quan sẽ xem xét').waitFor();
  await accessible(page, 'one access, told');
}

async function reviews(page: Page, code: string): Promise<void> {
  await page.goto('/work');
  await page.getByText(/lần truy cập khẩn cấp cần bạn xem xét/).waitFor();
  await accessible(page, 'work of the supervisor');
  await page.getByRole('link', { name: 'Xem các lần truy cập khẩn cấp' }).click();
  const line = page.getByRole('link', { name: `Trần Quốc Huy mở hồ sơ ${code}` });
  await line.waitFor();
  await accessible(page, 'accesses');
  await line.click();
  await page.getByText(REASON).waitFor();
  await page.getByRole('button', { name: 'Ghi nhận kết luận' }).click();
  await page.getByRole('link', { name: 'Hãy chọn kết luận' }).waitFor();
  await accessible(page, 'review with errors');
  await page.getByRole('radio', { name: 'Chính đáng', exact: true }).check();
  await page.getByRole('button', { name: 'Ghi nhận kết luận' }).click();
  await page.getByText('Người xem xét').waitFor();
  await accessible(page, 'reviewed');
}

async function seesTheWorkFirst(page: Page, wanted: Case): Promise<void> {
  await page.goto(`/items/${wanted.id}`);
  await page.getByText('Bạn đang xem bản không nêu danh tính').waitFor();
  await page.getByRole('region', { name: 'Diễn biến' }).waitFor();
  expect(await page.getByText('Danh tính và cách liên hệ an toàn').count()).toBe(0);
  await accessible(page, 'without identities');
  const opened = page.waitForRequest((request) => request.headers()['access-purpose'] === 'supervision');
  await page.getByRole('button', { name: 'Mở đầy đủ để giám sát' }).click();
  expect(new URL((await opened).url()).pathname).toBe(`/api/cases/${wanted.id}`);
  await page.getByText('Danh tính và cách liên hệ an toàn').waitFor();
  await page.getByRole('region', { name: 'Sự đồng ý cho chuyển gửi' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await accessible(page, 'opened to supervise');
}

async function excludes(page: Page, wanted: Case, name: string): Promise<void> {
  await page.goto(`/items/${wanted.id}/excluded`);
  await page.getByLabel(name).check();
  await page.getByLabel('Người của cơ quan khác').selectOption({ label: 'Công an phường Sơn Trà' });
  await page.getByLabel('Đinh Công Thành').waitFor();
  await accessible(page, 'excluded people');
  await page.getByRole('button', { name: 'Lưu danh sách' }).click();
  await page.getByText('Ai không được tiếp cận').click();
  await page.getByText('theo yêu cầu của người cần hỗ trợ').waitFor();
  await accessible(page, 'case with an exclusion');
}

/** An hour has not passed, and still there is no such case: the words are those for any unknown one. */
async function isShutOut(page: Page, wanted: Case): Promise<void> {
  await page.goto(`/items/${wanted.id}`);
  await page.getByText('Không tìm thấy, hoặc không thuộc quyền của bạn.').waitFor();
  expect(await page.locator('main').textContent()).not.toContain(wanted.code);
  await accessible(page, 'barred');
  await page.goto('/openings');
  await page.getByText('Chưa có lần truy cập khẩn cấp nào.').waitFor();
}
