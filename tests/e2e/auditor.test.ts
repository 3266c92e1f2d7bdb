import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walksInEnglish } from './auditor-english.ts';
import { expectAccessible, openBrowser, personAt, type Person } from './browser.ts';
import { picture } from './pictures.ts';
import { hasChromium, startSystem, type System } from './system.ts';

/** An auditor's day and a worker's answer, with an axe run on every screen at both widths, on a slow machine. */
const WALK_MS = 240_000;
const WIDTHS = [1280, 360] as const;
const NOTE = 'Mở hồ sơ nhiều lần trong một buổi, cần hỏi lý do.';
const QUESTION = 'Xin cho biết vì sao cần mở hồ sơ này hôm nay.';
const ANSWER = 'Tôi gọi lại theo giờ đã hẹn và ghi kết quả.';

type Case = { id: string; code: string };

describe.skipIf(!hasChromium())('the auditor in a browser', () => {
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
    'answers “who read this case this month?” in at most four interactions, asks, is answered, concludes, and takes proof away',
    async () => {
      const worker = await enter('lan.vhxh.sontra');
      const wanted = await openFirstCase(worker);
      const auditor = await enter('nguyet.snv');
      await seesTheOverview(auditor);
      await findsWhoRead(auditor, wanted.code);
      await takesProof(auditor);
      await asks(auditor);
      await answers(worker);
      await concludes(auditor);
      await walksTheMap(auditor);
      await verifies(auditor);
      await printsForHer(worker, wanted);
      for (const person of people) expect(person.faults).toEqual([]);
      for (const words of [NOTE, QUESTION, ANSWER]) expect(system.log()).not.toContain(words);
    },
    WALK_MS,
  );

  it(
    'all of her screens speak English to who chose it, and are legible where the system is dark',
    async () => {
      people.length = 0;
      await walksInEnglish(await enter('nguyet.snv'), await enter('huy.vhxh.sontra'));
      for (const person of people) expect(person.faults).toEqual([]);
    },
    WALK_MS,
  );
});

async function accessible(page: Page, screen: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await expectAccessible(page, `${screen} ${width}`);
    await picture(page, screen);
    expect(await page.title(), screen).toMatch(/^(Lỗi: )?[\p{L} ]+ – Sổ công việc$/u);
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isTooWide, `${screen} ${width}`).toBe(false);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function openFirstCase(page: Page): Promise<Case> {
  const answer = await page.context().request.get('/api/cases?mine=true&limit=1');
  const [first] = ((await answer.json()) as { items: Case[] }).items;
  if (first === undefined) throw new Error('the demonstration gives the lead no case');
  await page.goto(`/items/${first.id}`);
  await page.getByRole('heading', { level: 1, name: first.code }).waitFor();
  return first;
}

async function seesTheOverview(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Tổng quan' }).waitFor();
  await page.getByText('Nhật ký nguyên vẹn trong 31 ngày qua.').waitFor();
  await page.getByRole('grid').waitFor();
  await page.getByRole('region', { name: 'Những điều cần xem lại' }).getByText('Trần Quốc Huy').first().waitFor();
  await accessible(page, 'overview');
  const anew = page.waitForResponse((reply) => reply.url().endsWith('/api/audit/seal?anew=true') && reply.ok());
  await page.getByRole('button', { name: 'Kiểm lại tất cả ngay' }).click();
  await anew;
  for (const table of await page.getByText('Xem bảng số liệu').all()) await table.click();
  await page.getByRole('row').filter({ hasText: 'kiểm lúc' }).first().waitFor();
  await accessible(page, 'overview with its tables');
}

/** Counts what a person really does: changes of fields, and presses of buttons and links. */
async function countInteractions(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const count = { made: 0 };
    Object.assign(globalThis, { interactions: count });
    document.addEventListener('change', () => (count.made += 1), true);
    document.addEventListener(
      'click',
      (event) => {
        if (event.target instanceof Element && event.target.closest('a, button') !== null) count.made += 1;
      },
      true,
    );
  });
  return () => page.evaluate(() => (globalThis as unknown as { interactions: { made: number } }).interactions.made);
}

async function findsWhoRead(page: Page, code: string): Promise<void> {
  const month = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
  const interactions = await countInteractions(page);
  await answering(page, '**/api/audit/events?*', { archivedMonths: ['2020-01', '2020-02'] });
  await page.getByLabel('Mã vụ việc').fill(code);
  await page.getByLabel('Thời gian').selectOption(month);
  await page.getByRole('button', { name: 'Xem những ai đã xem' }).click();
  const lines = page.locator('.audit-line');
  await lines
    .filter({ hasText: `Nguyễn Thị Lan` })
    .filter({ hasText: `mở vụ việc ${code}` })
    .first()
    .waitFor();
  const made = await interactions();
  process.stdout.write(`who read this case this month: ${made} interactions\n`);
  expect(made).toBeGreaterThan(1);
  expect(made).toBeLessThanOrEqual(4);
  expect(page.url()).not.toContain(code);
  const deeds = await lines.allTextContents();
  expect(deeds.some((deed) => deed.includes('lập hồ sơ'))).toBe(false);
  await page.getByText('kho lưu trữ và không còn hiện ở đây: 01/2020, 02/2020').waitFor();
}

/** The server's own answer with something that only years, or people outside, could put into it. */
async function answering(page: Page, path: string, given: Record<string, unknown>): Promise<void> {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...given } });
  });
}

async function takesProof(page: Page): Promise<void> {
  const line = page.locator('.audit-line').filter({ hasText: 'Nguyễn Thị Lan' }).first();
  await line.getByText('Chi tiết').first().click();
  await accessible(page, 'log');
  const proof = line.getByRole('button', { name: /^Tải bằng chứng/ });
  // The newest line waits for its seal for a moment; the server says so, and one tries again.
  await expect
    .poll(
      async () => {
        const download = page.waitForEvent('download', { timeout: 3_000 }).catch(() => null);
        await proof.click();
        const file = await download;
        return file === null ? '' : `${file.suggestedFilename()} ${await readFile(await file.path(), 'utf8')}`;
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toMatch(/^proof-\d+\.tlog-proof c2sp\.org\/tlog-proof@v1\n/);
}

async function asks(page: Page): Promise<void> {
  const line = page.locator('.audit-line').filter({ hasText: 'Nguyễn Thị Lan' }).first();
  await line.getByRole('button', { name: /^Yêu cầu giải trình/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Yêu cầu giải trình' }).waitFor();
  await page.getByRole('button', { name: 'Lưu và gửi yêu cầu' }).click();
  await page.getByRole('link', { name: 'Hãy ghi câu hỏi' }).waitFor();
  await accessible(page, 'new finding with errors');
  await page.getByLabel(/^Điều cần theo dõi/).fill(NOTE);
  await page.getByLabel(/^Câu hỏi gửi người thực hiện/).fill(QUESTION);
  await page.getByRole('button', { name: 'Lưu và gửi yêu cầu' }).click();
  await page.getByRole('heading', { level: 1, name: 'Một phát hiện' }).waitFor();
  await page.getByText('Chờ giải trình').waitFor();
  await accessible(page, 'finding waiting');
}

async function answers(page: Page): Promise<void> {
  await page.goto('/work');
  await page.getByText('Bạn có 1 yêu cầu giải trình chưa trả lời').waitFor();
  await accessible(page, 'work with a question');
  await page.getByRole('link', { name: 'Xem và trả lời' }).click();
  await page.getByText(QUESTION).waitFor();
  expect(await page.locator('main').textContent()).not.toContain(NOTE);
  await page.getByRole('button', { name: 'Gửi trả lời' }).click();
  await page.getByRole('link', { name: 'Hãy viết câu trả lời' }).waitFor();
  await accessible(page, 'question');
  await page.getByRole('textbox', { name: /^Trả lời của bạn/ }).fill(ANSWER);
  await page.getByRole('button', { name: 'Gửi trả lời' }).click();
  await page.getByRole('region', { name: 'Đã trả lời' }).getByText(ANSWER).waitFor();
}

async function concludes(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Phát hiện', exact: true }).click();
  await page.getByText('Đã có giải trình').waitFor();
  await accessible(page, 'findings');
  await page.getByRole('link', { name: /^Về Nguyễn Thị Lan/ }).click();
  await page.getByText(ANSWER).waitFor();
  await page.getByRole('button', { name: 'Ghi kết luận' }).click();
  await page.getByRole('link', { name: 'Hãy chọn kết luận' }).waitFor();
  await page.getByLabel('Giải trình hợp lý, đúng nhiệm vụ').check();
  await accessible(page, 'finding answered');
  await page.getByRole('button', { name: 'Ghi kết luận' }).click();
  await page.getByText('Người kết luận').waitFor();
  await accessible(page, 'finding closed');
}

/** With the keyboard alone: one tab stop, arrows within, Enter leads to the lines of that hour. */
async function walksTheMap(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Tổng quan', exact: true }).click();
  const here = page.locator('.heat-button[tabindex="0"]');
  await here.focus();
  const before = await here.getAttribute('data-slot');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await page.locator('.heat-button:focus').getAttribute('data-slot')).toBe(before);
  const name = (await page.locator('.heat-button:focus').getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Nhật ký' }).waitFor();
  const slot = name.split(':')[0] ?? '';
  await page.getByText(`Chỉ ${slot} hằng tuần`).first().waitFor();
  await page.locator('.audit-line').first().waitFor();
  await accessible(page, 'log of an hour');
}

async function verifies(page: Page): Promise<void> {
  const witnesses = ['a', 'b', 'c'].map((name) => ({ name, vkey: `nhan-chung/${name}+0a1b2c3d+BA`, cosignedAt: null }));
  const quorum = { needed: 2, met: false, size: null, cosignedAt: null };
  await answering(page, '**/api/audit/seal', { witnesses, quorum });
  await page.getByRole('link', { name: 'Kiểm chứng', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Kiểm chứng' }).waitFor();
  await page.reload();
  await page.getByText(`--witness '${witnesses[2]?.vkey}'`).waitFor();
  const words = await page.getByRole('main').innerText();
  for (const { vkey } of witnesses) expect(words.split(vkey).length, vkey).toBe(3);
  await accessible(page, 'verify');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải dấu niêm phong hôm nay' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^checkpoint-\d{4}-\d\d-\d\d\.txt$/);
  const checkpoint = await readFile(await file.path(), 'utf8');
  expect(checkpoint.split('\n')[1]).toMatch(/^\d+$/);
}

async function printsForHer(page: Page, wanted: Case): Promise<void> {
  await page.goto(`/items/${wanted.id}/readers`);
  await page.locator('.readers li').first().waitFor();
  const sheet = page.locator('article.sheet');
  expect(await sheet.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await sheet.isVisible()).toBe(true);
  const words = await sheet.innerText();
  expect(words).toContain('Những lần xem hồ sơ');
  expect(words).toMatch(/\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}: Nguyễn Thị Lan .* đã mở vụ việc này\./);
  expect(words).toContain('111');
  expect(words).not.toContain(wanted.code);
  expect(words).not.toMatch(/[0-9a-f]{8}-|bạo lực|nạn nhân|mua bán/i);
  await picture(page, 'readers sheet');
  await page.emulateMedia({ media: 'screen' });
}
