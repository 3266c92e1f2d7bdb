import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { paths } from '../../client/app/paths.ts';
import { expectAccessible } from './browser.ts';
import { caseAt, patchMeanwhile } from './people.ts';
import { picture } from './pictures.ts';

const SAVE = 'Lưu thay đổi';
const SENT_STAYS = 'Những gì đã gửi không thay đổi';
const TOLD = 'Chị nhớ lại rằng chuyện xảy ra ở nhà trọ.';

/**
 * It happened in another year than was typed. The server refuses an impossible one, a colleague's program saves another
 * place meanwhile, and the line breaks: nothing of what was typed is lost on the way.
 */
export async function correctWhatHappened(page: Page, caseId: string): Promise<void> {
  await page.goto(paths.item(caseId));
  await page.getByRole('link', { name: 'Sửa thông tin sự việc' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sửa thông tin sự việc' }).waitFor();
  await page.getByLabel('Bạo lực thân thể').waitFor();
  expect(await page.getByLabel('Bạo lực thân thể').isChecked()).toBe(true);
  expect(await page.getByText(SENT_STAYS).count()).toBe(0);
  await expectAccessible(page, 'incident');
  await picture(page, 'incident');
  await page.getByRole('button', { name: SAVE }).click();
  await page.getByRole('alert').getByText('Chưa có gì thay đổi để lưu').waitFor();
  await page.getByLabel('Không rõ ngày, chỉ biết tháng hoặc năm').check();
  await page.getByLabel('Năm', { exact: true }).fill('1850');
  await page.getByLabel('Vài lời kể ngắn').fill(TOLD);
  await page.getByRole('button', { name: SAVE }).click();
  await refusedAtTheYear(page);
  await page.getByLabel('Năm', { exact: true }).fill('2024');
  await patchMeanwhile(page, caseId, ({ incidents: [incident] }) => ({
    incident: {
      id: incident?.id,
      value: { ...incident?.value, place: { ...incident?.value.place, placeType: 'WORKPLACE' } },
    },
  }));
  await page.getByRole('button', { name: SAVE }).click();
  await page.getByText('Người khác vừa thay đổi hồ sơ này.').waitFor();
  await expectAccessible(page, 'incident overtaken');
  expect(await page.getByLabel('Nơi làm việc').isChecked()).toBe(true);
  expect(await page.getByLabel('Năm', { exact: true }).inputValue()).toBe('2024');
  await turnedAway(page, caseId);
  await saveOverABrokenLine(page, caseId);
  const { incidents } = await caseAt(page, caseId);
  expect(incidents[0]?.value).toMatchObject({
    occurred: { on: '2024' },
    place: { placeType: 'WORKPLACE' },
    narrative: TOLD,
  });
}

async function refusedAtTheYear(page: Page): Promise<void> {
  const link = page.getByRole('alert').getByRole('link').first();
  await link.waitFor();
  await expectAccessible(page, 'incident with a fault');
  await link.click();
  const year = page.getByLabel('Năm', { exact: true });
  expect(await year.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByLabel('Vài lời kể ngắn').inputValue()).toBe(TOLD);
}

/** Whatever stands between the page and the server may answer so; the words of the person stay where they are. */
async function turnedAway(page: Page, caseId: string): Promise<void> {
  for (const [status, code] of [
    [403, 'FORBIDDEN'],
    [503, 'UNAVAILABLE'],
  ] as const) {
    const body = JSON.stringify({ status, code, title: `Từ chối ${status}` });
    await page.route(`**/api/cases/${caseId}`, (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status, contentType: 'application/problem+json', body })
        : route.continue(),
    );
    await page.getByRole('button', { name: SAVE }).click();
    await page.getByRole('alert').getByText(`Từ chối ${status}`).waitFor();
    expect(await page.getByLabel('Vài lời kể ngắn').inputValue()).toBe(TOLD);
    await page.unroute(`**/api/cases/${caseId}`);
  }
}

async function saveOverABrokenLine(page: Page, caseId: string): Promise<void> {
  await page.context().setOffline(true);
  await page.getByRole('button', { name: SAVE }).click();
  await page.getByRole('button', { name: 'Thử lại' }).last().waitFor();
  expect(await page.getByLabel('Vài lời kể ngắn').inputValue()).toBe(TOLD);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Thử lại' }).last().click();
  await page.waitForURL(`**${paths.item(caseId)}`);
  const notice = page.getByRole('status').filter({ hasText: 'Đã lưu thay đổi về sự việc.' });
  await notice.waitFor();
  expect(await notice.textContent()).toContain('Đã sửa: Ngày xảy ra; Lời kể.');
  expect(await page.getByRole('region', { name: 'Diễn biến' }).textContent()).toContain('Cập nhật hồ sơ');
  await expectAccessible(page, 'incident saved');
  await page.reload();
  await page.getByRole('link', { name: 'Sửa thông tin sự việc' }).waitFor();
  expect(await notice.count()).toBe(0);
}

/** After the referral has left: the screen says that the envelope stays, and it does; the recipient has no way to the form. */
export async function correctAfterSending(
  worker: Page,
  officer: Page,
  of: { caseId: string; referralId: string },
): Promise<void> {
  const [incident] = (await caseAt(worker, of.caseId)).incidents;
  const address = paths.changeIncident(of.caseId, incident?.id ?? '');
  await worker.goto(address);
  await worker.getByText(SENT_STAYS).waitFor();
  await worker.getByLabel('Nơi làm việc').check();
  await worker.getByLabel('Vài lời kể ngắn').fill(TOLD);
  await expectAccessible(worker, 'incident after sending');
  await picture(worker, 'incident');
  await worker.getByRole('button', { name: SAVE }).click();
  await worker.waitForURL(`**${paths.item(of.caseId)}`);
  const [corrected] = (await caseAt(worker, of.caseId)).incidents;
  expect(corrected?.value).toEqual({
    ...incident?.value,
    place: { ...incident?.value.place, placeType: 'WORKPLACE' },
    narrative: TOLD,
  });
  await officer.goto(paths.message(of.referralId));
  await officer.getByText('Nội dung được gửi').first().waitFor();
  const shown = (await officer.locator('main').textContent()) ?? '';
  expect(shown).not.toContain(TOLD);
  expect(shown).not.toContain('Nơi làm việc');
  await officer.goto(address);
  await officer.getByRole('alert').first().waitFor();
  expect(await officer.getByRole('button', { name: SAVE }).count()).toBe(0);
}
