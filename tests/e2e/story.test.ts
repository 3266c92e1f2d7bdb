import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, openBrowser, personAt, type Person } from './browser.ts';
import { correctAfterSending, correctWhatHappened } from './incident.ts';
import { visitOtherScreens, visitSignIn } from './other-screens.ts';
import { addAnotherPerson, changeHerNumber } from './people.ts';
import { picture } from './pictures.ts';
import { acceptAtTheDesk, completeAsOfficer, referToPolice } from './referral.ts';
import { registerThroughScreens } from './registration.ts';
import { hasChromium, startSystem, type System } from './system.ts';

/** Two people's whole day, with an axe run on every screen, on a slow machine. */
const STORY_MS = 240_000;

const STORIES = [
  {
    kind: 'violence',
    service: 'Ghi nhận lời khai, tiếp nhận tố giác',
    planted: {
      fullName: 'Lê Thị Vành Khuyên',
      phone: '0905 118 224',
      narrative: 'Chị kể rằng chuyện đã kéo dài nhiều tháng.',
      codeWord: 'hoa mười giờ',
    },
  },
  {
    kind: 'trafficking',
    service: 'Xác minh thông tin ban đầu về mua bán người',
    planted: {
      fullName: 'Trần Thị Bồ Câu',
      phone: '0905 338 446',
      narrative: 'Chị được người quen rủ đi làm xa rồi bị giữ giấy tờ.',
      codeWord: 'mưa bong bóng',
    },
  },
] as const;

describe.skipIf(!hasChromium())('the whole story in a browser', () => {
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

  async function enter(username: string, width?: number): Promise<Page> {
    const person = await personAt(browser, system, { username, ...(width === undefined ? {} : { width }) });
    people.push(person);
    return person.page;
  }

  it.each(STORIES)(
    '$kind: registered, referred with consent, accepted, completed; the sender sees the outcome and the auditor each step',
    async ({ kind, service, planted }) => {
      const worker = await enter('lan.vhxh.sontra');
      const code = await registerThroughScreens(worker, kind, planted);
      await worker.getByRole('link', { name: 'Chuyển gửi', exact: true }).first().click();
      const referralId = await referToPolice(worker, service);
      const caseId = /items\/([0-9a-f-]+)/.exec(worker.url())?.[1] ?? '';
      const desk = await enter('toan.ca.sontra', 360);
      await acceptAtTheDesk(desk, { referralId, officer: 'Đinh Công Thành', hidden: planted.fullName });
      const officer = await enter('thanh.ca.sontra', 360);
      await correctAfterSending(worker, officer, { caseId, referralId });
      await completeAsOfficer(officer, { referralId, shown: planted.fullName });
      await worker.goto(`/messages/${referralId}`);
      await worker.getByText('Kết quả: Đã hỗ trợ').waitFor();
      await expectAccessible(worker, 'outcome');
      await auditorSees(await enter('nguyet.snv'), code);
      await visitOtherScreens(worker, { caseId, referralId });
      for (const person of people) expect(person.faults).toEqual([]);
      for (const word of Object.values(planted)) expect(system.log()).not.toContain(word);
    },
    STORY_MS,
  );

  it(
    'her number, the people around her and what happened change in the fields they were registered with, and no colleague’s saving is undone',
    async () => {
      const worker = await enter('lan.vhxh.sontra', 360);
      await registerThroughScreens(worker, 'violence', STORIES[0].planted);
      await worker.getByRole('link', { name: 'Mở vụ việc' }).click();
      await worker.getByRole('link', { name: 'Sửa thông tin và cách liên hệ' }).waitFor();
      const caseId = /items\/([0-9a-f-]+)/.exec(worker.url())?.[1] ?? '';
      await changeHerNumber(worker, caseId);
      await addAnotherPerson(worker, caseId);
      await correctWhatHappened(worker, caseId);
    },
    STORY_MS,
  );

  it('the way in is accessible', async () => {
    const context = await browser.newContext({ baseURL: system.url });
    await visitSignIn(await context.newPage());
    await context.close();
  });

  it('the quick exit ends the session on the server at once, and nothing of the field stands in the tab', async () => {
    const page = await enter('huy.vhxh.sontra');
    expect(await page.title()).toMatch(/– Sổ công việc$/);
    const cookies = await page.context().cookies();
    await page.route('https://**', (route) => route.fulfill({ body: '' }));
    await page.getByRole('link', { name: 'Thoát nhanh' }).first().click();
    await expect
      .poll(
        async () =>
          (
            await fetch(`${system.url}/api/me`, {
              headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
            })
          ).status,
      )
      .toBe(401);
  });
});

const STEPS = [
  'lập hồ sơ',
  'ghi nhận sự đồng ý',
  'gửi phiếu chuyển gửi',
  'tiếp nhận phiếu chuyển gửi',
  'bắt đầu hỗ trợ',
  'hoàn thành phiếu chuyển gửi',
];

async function auditorSees(page: Page, code: string): Promise<void> {
  await page.getByRole('link', { name: 'Nhật ký', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Nhật ký' }).waitFor();
  await page.getByLabel('Mã vụ việc').fill(code);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  const lines = page.locator('main li');
  await lines.filter({ hasText: 'lập hồ sơ' }).first().waitFor();
  const log = (await lines.allTextContents()).join('\n');
  for (const step of STEPS) expect(log).toContain(step);
  await expectAccessible(page, 'log');
  await picture(page, 'log', 'Các dòng tìm thấy');
}
